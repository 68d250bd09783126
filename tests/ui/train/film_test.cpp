// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/film.h"
#include "ui/document/samples.h"
#include "ui/plots/point_cloud.h"
#include "ui/train/film_bar.h"
#include "ui/train/film_view.h"
#include "ui/train/neighbor_history.h"
#include "ui/train/train_page.h"

#include <gmock/gmock.h>

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <limits>
#include <memory>

namespace embedscope::train {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const base::RowMatrix> table(base::RowMatrix values) {
  return std::make_shared<const base::RowMatrix>(std::move(values));
}

/// Four points in three dimensions, spread most along x, then y, then z.
base::RowMatrix spread() {
  base::RowMatrix values(4, 3);
  values << 3, 0, 0.1F, -3, 0, 0.1F, 0, 1, -0.1F, 0, -1, -0.1F;
  return values;
}

TEST(FilmView, DrawsEveryFrameInThePlaneOfTheLast) {
  const auto view = FilmView::make(table(spread()), FilmView::Turning::None, {});
  ASSERT_TRUE(view);
  base::RowMatrix moved = spread();
  moved(0, 0) = 5;   // seen
  moved(1, 2) = 50;  // out of the plane, not seen
  const VectorFrame before = view->frame(spread());
  const VectorFrame after = view->frame(moved);
  EXPECT_NEAR(std::abs((*after.points)(0, 0) - (*before.points)(0, 0)), 2, 1e-5);
  EXPECT_NEAR((*after.points)(1, 0), (*before.points)(1, 0), 1e-5);
  EXPECT_NEAR((*after.points)(1, 1), (*before.points)(1, 1), 1e-5);
  EXPECT_GT(before.explained, 0.99);
  EXPECT_LT(after.explained, 0.1);
}

TEST(FilmView, TurningTakesAwayWhatIsOnlyARotation) {
  base::RowMatrix turned(4, 3);  // x to y, y to −x
  turned << 0, 3, 0.1F, 0, -3, 0.1F, -1, 0, -0.1F, 1, 0, -0.1F;
  const auto plain = FilmView::make(table(spread()), FilmView::Turning::None, {});
  const auto aligned = FilmView::make(table(spread()), FilmView::Turning::TowardsLast, {});
  const base::RowMatrix last = *plain->frame(spread()).points;
  EXPECT_GT((*plain->frame(turned).points - last).norm(), 3);
  EXPECT_LT((*aligned->frame(turned).points - last).norm(), 1e-5);
}

TEST(FilmView, TwoDimensionsStayAsTheyAre) {
  const base::RowMatrix values = spread().leftCols(2);
  const auto view = FilmView::make(table(values), FilmView::Turning::None, {});
  EXPECT_EQ(*view->frame(values * 2).points, values * 2);
}

TEST(FilmView, ShowsNothingOfAnotherShapeOrWithoutNumbers) {
  const auto view = FilmView::make(table(spread()), FilmView::Turning::None, {});
  EXPECT_FALSE(view->frame(spread().topRows(2)).points);
  EXPECT_FALSE(FilmView::make(nullptr, FilmView::Turning::None, {}));
  EXPECT_FALSE(FilmView::make(table(base::RowMatrix(0, 3)), FilmView::Turning::None, {}));
}

TEST(NeighborHistory, FollowsThoseOfTheEndAndOfTheStart) {
  base::RowMatrix start(4, 2);
  start << 1, 0, 1, 0.1F, 0, 1, -1, 0;
  base::RowMatrix end(4, 2);
  end << 1, 0, 0, 1, 1, 0, -1, 0;
  const NeighborHistory history =
      followNeighbors({.steps = {0, 10}, .frames = {table(start), table(end)}}, 0, 1, 1);
  EXPECT_THAT(history.steps, ElementsAre(0, 10));
  ASSERT_EQ(history.lines.size(), 2U);
  EXPECT_EQ(history.lines[0].row, 2);
  EXPECT_TRUE(history.lines[0].atEnd);
  EXPECT_THAT(history.lines[0].cosine, ElementsAre(DoubleNear(0, 1e-9), DoubleNear(1, 1e-9)));
  EXPECT_EQ(history.lines[1].row, 1);
  EXPECT_FALSE(history.lines[1].atEnd);
  EXPECT_THAT(history.lines[1].cosine,
              ElementsAre(DoubleNear(1 / std::sqrt(1.01), 1e-6), DoubleNear(0, 1e-9)));
}

TEST(NeighborHistory, KnowsNothingOfRowsAndFramesThatAreNotThere) {
  EXPECT_TRUE(followNeighbors({}, 0, 3, 1).lines.empty());
  EXPECT_TRUE(followNeighbors({.steps = {0}, .frames = {table(spread())}}, 9, 3, 1).lines.empty());
  base::RowMatrix broken = spread();
  broken(1, 0) = std::numeric_limits<float>::quiet_NaN();
  const NeighborHistory history =
      followNeighbors({.steps = {0}, .frames = {table(broken)}}, 0, 9, 0);
  EXPECT_EQ(history.lines.size(), 2U);  // neither itself nor the broken one
}

training::Film filmOf(std::initializer_list<std::int64_t> steps) {
  training::Film film(100);
  for (const std::int64_t step : steps) {
    auto frame = std::make_shared<training::Checkpoint>();
    frame->step = step;
    film.add(std::move(frame));
  }
  return film;
}

TEST(FilmBar, StaysAtTheNewestWhileTheFilmGrows) {
  FilmBar bar;
  bar.setFilm(filmOf({0, 1, 2}), 10);
  EXPECT_FALSE(bar.frame());
  bar.setFilm(filmOf({0, 1, 2, 3}), 10);
  EXPECT_FALSE(bar.frame());
  bar.showStep(2);
  EXPECT_EQ(bar.frame(), 2U);
  bar.setFilm(filmOf({0, 2, 4, 6}), 10);  // thinned meanwhile
  EXPECT_EQ(bar.frame(), 1U);
}

TEST(FilmBar, TellsWhichFrameIsWanted) {
  FilmBar bar;
  bar.setFilm(filmOf({0, 5, 10}), 5);
  QSignalSpy chosen(&bar, &FilmBar::frameChosen);
  auto* slider = bar.findChild<QSlider*>(QStringLiteral("filmSlider"));
  QTest::keyClick(slider, Qt::Key_Home);
  ASSERT_EQ(chosen.count(), 1);
  EXPECT_EQ(chosen.takeFirst().at(0).toInt(), 0);
  QTest::keyClick(slider, Qt::Key_Right);
  EXPECT_THAT(bar.findChild<QLabel*>(QStringLiteral("filmStep"))->text().toStdString(),
              HasSubstr("step 5 · epoch 1"));
  chosen.clear();
  QTest::keyClick(slider, Qt::Key_End);
  EXPECT_EQ(chosen.takeFirst().at(0).toInt(), -1);
}

TEST(FilmBar, OffersToContinueOnlyFromAFrameOfARunThatHolds) {
  FilmBar bar;
  auto* button = bar.findChild<QPushButton*>(QStringLiteral("continueFromFrame"));
  EXPECT_FALSE(button->isEnabled());
  bar.setFilm(filmOf({0, 5, 10}), 5);
  bar.setCanContinue(true);
  EXPECT_FALSE(button->isEnabled());
  bar.showStep(5);
  EXPECT_TRUE(button->isEnabled());
  bar.setCanContinue(false);
  EXPECT_FALSE(button->isEnabled());
}

TEST(FilmBar, PlaysToTheNewest) {
  FilmBar bar;
  bar.setFilm(filmOf({0, 5, 10}), 5);
  auto* play = bar.findChild<QToolButton*>(QStringLiteral("playFilm"));
  play->click();
  EXPECT_EQ(bar.frame(), 0U);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !bar.frame() && !play->isChecked(); }, 5000));
}

TEST(Film, GoesBackInTheWindowAndTrainsOnToTheSameVectors) {
  document::Document document;
  jobs::JobRunner jobs;
  TrainPage page(document, jobs);
  page.resize(1016, 700);
  page.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
  document::openData(document, document::generatedData({}));
  page.findChild<QSpinBox*>(QStringLiteral("epochs"))->setValue(4);
  const auto click = [&](const char* name) {
    page.findChild<QAbstractButton*>(QLatin1String(name))->click();
  };
  const auto ended = [&](std::size_t runs) {
    std::size_t seen = 0;
    for (const document::TableEntry& entry : document.tables()) {
      seen += entry.source.contains(QStringLiteral("run %1").arg(runs)) ? 1 : 0;
    }
    return seen > 0;
  };
  click("startTraining");
  ASSERT_TRUE(QTest::qWaitFor([&] { return ended(1); }, 30'000));
  const base::RowMatrix first = document.tables().back().table->values();

  auto* bar = page.findChild<FilmBar*>();
  auto* vectors = page.findChild<plots::PointCloudPlot*>(QStringLiteral("vectorPlot"));
  bar->showStep(10);
  ASSERT_TRUE(bar->frame());
  EXPECT_TRUE(QTest::qWaitFor([&] { return vectors->pointCount() == 12; }, 5000));
  click("continueFromFrame");
  ASSERT_TRUE(QTest::qWaitFor(
      [&] {
        return page.findChild<QLabel*>(QStringLiteral("runStatus"))
            ->text()
            .contains(QStringLiteral("step 10 of"));
      },
      30'000));
  click("pauseTraining");  // resumes
  ASSERT_TRUE(QTest::qWaitFor([&] { return ended(2); }, 30'000));
  EXPECT_EQ(document.tables().back().table->values(), first);
}

}  // namespace
}  // namespace embedscope::train
