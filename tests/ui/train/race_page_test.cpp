// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/train/fake_race.h"
#include "ui/controls/message_bar.h"
#include "ui/document/samples.h"
#include "ui/plots/curves.h"
#include "ui/plots/difference_plot.h"
#include "ui/train/train_page.h"

#include <gmock/gmock.h>

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

namespace embedscope::train {
namespace {

using testing::HasSubstr;
using tests::Gate;

constexpr int kPatienceMs = 30'000;

/// The page with engines of the test's own.
class RacePage : public testing::Test {
 protected:
  void SetUp() override { build(); }

  void build() {
    TrainEngines engines;
    engines.race = [this](const auto& dataset, const auto& recipe, const auto& context,
                          const auto& listener) {
      raced = recipe;
      rows = dataset->rows;
      if (!failure.empty()) {
        throw base::Error(base::ErrorCode::InvalidArgument, failure);
      }
      return tests::fakeRace(recipe, context, listener, held ? &gate : nullptr);
    };
    engines.crossover = [this](const training::CrossoverRecipe& recipe,
                               const base::TaskContext& context,
                               const auto& listener) { return measure(recipe, context, listener); };
    page = std::make_unique<TrainPage>(document, jobs, engines);
    page->resize(1016, 760);
    page->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(page.get()));
  }

  std::optional<training::CrossoverResult> measure(
      const training::CrossoverRecipe& recipe, const base::TaskContext& context,
      const std::function<void(const training::CrossoverPoint&)>& listener) {
    training::CrossoverResult result;
    result.recipe = recipe;
    result.metricName = "rmse";
    for (std::size_t i = 0; i < recipe.values.size(); ++i) {
      result.points.push_back(
          tests::crossoverPoint(recipe.values[i], static_cast<double>(i) - 1.5, 0.4));
      listener(result.points.back());
      if (held && i == 1) {
        const std::stop_callback wake(context.stopToken(), [this] { gate.open(); });
        gate.wait();
      }
      if (context.stopRequested()) {
        return std::nullopt;
      }
    }
    result.crossover = recipe.values.back();
    result.lower = static_cast<double>(recipe.values[1]);
    result.upper = static_cast<double>(recipe.values.back());
    result.sentence = "An embedding pays from 1,000 categories on.";
    return result;
  }

  template <typename Widget>
  Widget* find(const char* name) {
    auto* widget = page->findChild<Widget*>(QLatin1String(name));
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }

  void click(const char* name) {
    auto* button = find<QAbstractButton>(name);
    if (qobject_cast<QCheckBox*>(button) != nullptr) {
      button->click();  // its middle may be beside its words
    } else {
      QTest::mouseClick(button, Qt::LeftButton);
    }
  }

  bool enabled(const char* name) { return find<QWidget>(name)->isEnabled(); }

  std::string text(const char* name) { return find<QLabel>(name)->text().toStdString(); }

  std::string message(const char* name) {
    return find<controls::MessageBar>(name)->text().toStdString();
  }

  bool waitFor(const std::function<bool()>& condition) {
    return QTest::qWaitFor(condition, kPatienceMs);
  }

  void openMonths() { document::openData(document, document::generatedData({})); }

  void startRace() {
    openMonths();
    click("raceMode");
    ASSERT_TRUE(enabled("startRace")) << text("raceStatus");
    click("startRace");
  }

  bool waitForVerdict() {
    return waitFor([this] { return !find<QLabel>("raceVerdict")->text().isEmpty(); });
  }

  Gate gate;
  bool held = false;
  std::string failure;
  training::RaceRecipe raced;
  std::int64_t rows = 0;
  document::Document document;
  jobs::JobRunner jobs;
  std::unique_ptr<TrainPage> page;
};

TEST_F(RacePage, SwitchesBetweenOneRunRaceAndCrossover) {
  openMonths();
  EXPECT_TRUE(find<QWidget>("startTraining")->isVisible());
  EXPECT_FALSE(find<QWidget>("startRace")->isVisible());
  EXPECT_TRUE(find<QWidget>("approachCombo")->isVisible());
  click("raceMode");
  EXPECT_EQ(page->mode(), TrainMode::Race);
  EXPECT_TRUE(find<QWidget>("startRace")->isVisible());
  EXPECT_TRUE(find<QWidget>("raceSizes")->isVisible());
  EXPECT_TRUE(find<QWidget>("targetCombo")->isVisible());
  EXPECT_FALSE(find<QWidget>("approachCombo")->isVisible()) << "the race says that by itself";
  EXPECT_FALSE(find<QWidget>("seed")->isVisible());
  click("crossoverMode");
  EXPECT_TRUE(find<QWidget>("startCrossover")->isVisible());
  EXPECT_FALSE(find<QWidget>("targetCombo")->isVisible()) << "generated data has its own";
  click("oneRunMode");
  EXPECT_TRUE(find<QWidget>("startTraining")->isVisible());
}

TEST_F(RacePage, SaysWhatIsMissing) {
  click("raceMode");
  EXPECT_FALSE(enabled("startRace"));
  EXPECT_THAT(text("raceStatus"), HasSubstr("no data yet"));
  openMonths();
  EXPECT_EQ(text("raceStatus"), "Ready to race 6 approaches × 5 seeds: 30 runs.");
  for (const char* name : {"raceOneHot", "raceIdentity", "raceRandom"}) {
    click(name);
  }
  EXPECT_THAT(text("raceStatus"), HasSubstr("Tick at least one approach"));
  click("raceRandom");
  find<QLineEdit>("raceSizes")->setText(QStringLiteral("1, two"));
  EXPECT_THAT(text("raceStatus"), HasSubstr("“two”"));
  EXPECT_TRUE(find<QLabel>("raceSizesProblem")->isVisible());
  find<QLineEdit>("raceSizes")->setText(QStringLiteral("3"));
  find<QSpinBox>("raceSeeds")->setValue(2);
  EXPECT_EQ(text("raceStatus"), "Ready to race 1 approach × 2 seeds: 2 runs.");
  find<QSpinBox>("validationShare")->setValue(0);
  EXPECT_THAT(text("raceStatus"), HasSubstr("validation rows"));
  EXPECT_FALSE(enabled("startRace"));
}

TEST_F(RacePage, RacesWhatIsTickedAndShowsTheVerdict) {
  openMonths();
  click("raceMode");
  click("raceIdentityFrozen");
  find<QLineEdit>("raceSizes")->setText(QStringLiteral("2, 4"));
  find<QSpinBox>("raceSeeds")->setValue(3);
  find<QSpinBox>("racePatience")->setValue(7);
  click("startRace");
  ASSERT_TRUE(waitForVerdict());
  ASSERT_EQ(raced.contestants.size(), 5U);
  EXPECT_EQ(raced.contestants[0].approach, training::Approach::OneHot);
  EXPECT_TRUE(raced.contestants[2].frozen);
  EXPECT_EQ(raced.contestants[4].dimension, 4);
  EXPECT_THAT(raced.seeds, testing::ElementsAre(1, 2, 3));
  EXPECT_EQ(raced.base.patience, 7);
  EXPECT_EQ(raced.base.features.size(), 1U);
  EXPECT_EQ(rows, 1200);
  EXPECT_THAT(text("raceVerdict"), HasSubstr("random, d = 2 is best"));
  EXPECT_TRUE(find<QLabel>("raceVerdict")->isVisible());
  EXPECT_EQ(find<QTableView>("raceTable")->model()->rowCount(), 5);
  EXPECT_EQ(find<plots::CurvePlot>("racePlot")->seriesCount(), 5) << "one mean each, no run left";
  EXPECT_TRUE(enabled("startRace"));
  EXPECT_TRUE(jobs.jobs().empty());
}

TEST_F(RacePage, ShowsCurvesAndStandingsWhileItGoesOn) {
  held = true;
  startRace();
  ASSERT_TRUE(waitFor([this] { return text("raceStatus").starts_with("6 of 30 runs"); }));
  EXPECT_FALSE(enabled("startRace"));
  EXPECT_TRUE(enabled("cancelRace"));
  auto* table = find<QTableView>("raceTable");
  EXPECT_EQ(table->model()->index(0, 4).data().toString(), "1 of 5 seeds");
  ASSERT_EQ(jobs.jobs().size(), 1U);
  EXPECT_EQ(jobs.jobs()[0].title, "race 1 · 6 of 30 runs");
  EXPECT_NEAR(jobs.jobs()[0].fraction, 0.2, 0.01);
  gate.open();
  ASSERT_TRUE(waitForVerdict());
}

TEST_F(RacePage, CancelKeepsWhatWasDrawn) {
  held = true;
  startRace();
  ASSERT_TRUE(waitFor([this] { return text("raceStatus").starts_with("6 of 30 runs"); }));
  QElapsedTimer timer;
  timer.start();
  click("cancelRace");
  ASSERT_TRUE(waitFor([this] { return enabled("startRace"); }));
  EXPECT_LT(timer.elapsed(), 5000);
  EXPECT_THAT(message("raceMessages"), HasSubstr("cancelled after 6 of 30 runs"));
  EXPECT_EQ(find<plots::CurvePlot>("racePlot")->seriesCount(), 6);
  EXPECT_FALSE(find<QLabel>("raceVerdict")->isVisible());
}

TEST_F(RacePage, IsCancelledInTheStatusBar) {
  held = true;
  startRace();
  jobs.cancelAll();
  EXPECT_TRUE(waitFor([this] { return enabled("startRace"); }));
}

TEST_F(RacePage, GoesQuietlyWhileRacing) {
  held = true;
  startRace();
  ASSERT_TRUE(waitFor([this] { return !text("raceStatus").starts_with("0 of"); }));
  page.reset();
  EXPECT_TRUE(jobs.jobs().empty());
}

TEST_F(RacePage, AFailureIsToldInPlace) {
  failure = "A race needs a miracle.";
  startRace();
  ASSERT_TRUE(waitFor([this] { return !message("raceMessages").empty(); }));
  EXPECT_EQ(message("raceMessages"), "The race could not be run. A race needs a miracle.");
}

TEST_F(RacePage, AChosenRowBecomesASingleRun) {
  startRace();
  ASSERT_TRUE(waitForVerdict());
  EXPECT_FALSE(enabled("trainContestant"));
  auto* table = find<QTableView>("raceTable");
  int row = 0;
  while (table->model()->index(row, 0).data().toString() != "random, d = 4") {
    ++row;
  }
  table->selectRow(row);
  EXPECT_TRUE(enabled("trainContestant"));
  click("trainContestant");
  EXPECT_EQ(page->mode(), TrainMode::OneRun);
  auto* approach = find<QComboBox>("approachCombo");
  EXPECT_EQ(approach->currentText(), "From the race: random, d = 4");
  EXPECT_EQ(document.trainingSetup().recipe.seed, 1U);
  EXPECT_EQ(document.trainingSetup().recipe.patience, 10);
  find<QSpinBox>("epochs")->setValue(2);
  click("startTraining");
  ASSERT_TRUE(waitFor([this] { return !document.tables().empty(); }));
  EXPECT_EQ(document.tables().front().table->dimension(), 4);
  approach->setFocus();
  QTest::keyClick(approach, Qt::Key_Home);  // "Embeddings, as defined"
  EXPECT_FALSE(document.trainingSetup().contestant);
  EXPECT_EQ(approach->count(), 2);
}

TEST_F(RacePage, TheTableIsCopiedAsText) {
  startRace();
  ASSERT_TRUE(waitForVerdict());
  click("copyRaceTable");
  const std::string copied = QApplication::clipboard()->text().toStdString();
  EXPECT_TRUE(copied.starts_with("Approach\tSize\tParameters\tValidation rmse\tBehind\t"));
  EXPECT_EQ(std::count(copied.begin(), copied.end(), '\n'), 7);
  EXPECT_THAT(copied, HasSubstr("\nidentity\t2\t241\t0.200 ± 0.010\tbest\t12 ms\t46 KB\n"));
}

TEST_F(RacePage, PretrainedTablesRaceOnceOneIsOpen) {
  openMonths();
  click("raceMode");
  EXPECT_FALSE(enabled("racePretrainedFrozen"));
  const auto table = std::make_shared<table::EmbeddingTable>(
      "vectors", table::Vocabulary{"Jan", "Feb"}, base::RowMatrix(base::RowMatrix::Ones(2, 3)));
  document.addTable(table, document::TableEntry::Origin::File, {});
  EXPECT_TRUE(enabled("racePretrainedFrozen"));
  click("racePretrainedFrozen");
  click("racePretrainedTuned");
  EXPECT_EQ(text("raceStatus"), "Ready to race 8 approaches × 5 seeds: 40 runs.");
  click("startRace");
  ASSERT_TRUE(waitForVerdict());
  EXPECT_EQ(raced.contestants[6].pretrained, table);
  EXPECT_TRUE(raced.contestants[6].frozen);
  EXPECT_FALSE(raced.contestants[7].frozen);
  document.closeTable(document.tables().front().id);
  EXPECT_EQ(text("raceStatus"), "Ready to race 6 approaches × 5 seeds: 30 runs.");
}

TEST_F(RacePage, SomeFeaturesMayRaceAlone) {
  auto table =
      std::make_shared<data::DataTable>("cars", std::vector<std::string>{"make", "fuel", "price"});
  for (int i = 0; i < 60; ++i) {
    table->appendRow({i % 3 == 0 ? "A" : "B", i % 2 == 0 ? "gas" : "oil", std::to_string(i)});
  }
  document::openData(document, document::summarizedData({table, {}, {}}, QString()),
                     QStringLiteral("price"));
  click("raceMode");
  auto* menu = find<QToolButton>("racingFeatures");
  EXPECT_EQ(menu->text(), "all 2 features");
  menu->menu()->actions().at(0)->trigger();
  EXPECT_EQ(menu->text(), "fuel");
  click("startRace");
  ASSERT_TRUE(waitForVerdict());
  EXPECT_THAT(raced.features, testing::ElementsAre("fuel"));
  menu->menu()->actions().at(0)->trigger();
  EXPECT_TRUE(document.raceSetup().features.isEmpty());
}

TEST_F(RacePage, NewDataForgetsTheOldRace) {
  startRace();
  ASSERT_TRUE(waitForVerdict());
  openMonths();
  EXPECT_FALSE(find<QLabel>("raceVerdict")->isVisible());
  EXPECT_EQ(find<plots::CurvePlot>("racePlot")->seriesCount(), 0);
  EXPECT_EQ(find<QTableView>("raceTable")->model()->rowCount(), 0);
}

TEST_F(RacePage, MeasuresACrossoverPointByPoint) {
  held = true;
  click("crossoverMode");
  EXPECT_EQ(text("crossoverStatus"),
            "Ready to measure at 5 values × 2 approaches × 5 seeds: 50 runs.");
  click("startCrossover");
  auto* plot = find<plots::DifferencePlot>("crossoverPlot");
  ASSERT_TRUE(waitFor([&] { return plot->pointCount() == 2; }));
  EXPECT_THAT(text("crossoverStatus"), HasSubstr("2 of 5 points"));
  EXPECT_FALSE(find<QLabel>("crossoverSentence")->isVisible());
  gate.open();
  ASSERT_TRUE(waitFor([this] { return !text("crossoverSentence").empty(); }));
  EXPECT_EQ(plot->pointCount(), 5);
  EXPECT_EQ(find<QTableView>("crossoverTable")->model()->rowCount(), 5);
  click("copyCrossoverTable");
  EXPECT_TRUE(QApplication::clipboard()->text().startsWith(
      "categories\tone-hot\tEmbedding\tEmbedding better by\n10\t"));
}

TEST_F(RacePage, ACrossoverAlongTheSizeTakesTheOpenTable) {
  click("crossoverMode");
  auto* axis = find<QComboBox>("crossoverAxis");
  axis->setFocus();
  QTest::keyClick(axis, Qt::Key_End);
  EXPECT_EQ(document.crossoverSetup().axis, document::CrossoverSetup::Axis::Dimension);
  EXPECT_TRUE(find<QWidget>("targetCombo")->isVisible());
  EXPECT_THAT(text("crossoverStatus"), HasSubstr("no data yet"));
  openMonths();
  EXPECT_FALSE(find<QWidget>("crossoverRank")->isVisible());
  EXPECT_EQ(find<QLineEdit>("crossoverValues")->text(), "1, 2, 4, 8, 16");
  find<QLineEdit>("crossoverValues")->setText(QStringLiteral("2"));
  EXPECT_THAT(text("crossoverStatus"), HasSubstr("at least 2 different"));
  find<QLineEdit>("crossoverValues")->setText(QStringLiteral("2, 4"));
  EXPECT_TRUE(enabled("startCrossover"));
  click("startCrossover");
  EXPECT_TRUE(waitFor([this] { return !text("crossoverSentence").empty(); }));
}

TEST_F(RacePage, ACancelledMeasurementKeepsItsPoints) {
  held = true;
  click("crossoverMode");
  click("startCrossover");
  auto* plot = find<plots::DifferencePlot>("crossoverPlot");
  ASSERT_TRUE(waitFor([&] { return plot->pointCount() == 2; }));
  click("cancelCrossover");
  ASSERT_TRUE(waitFor([this] { return enabled("startCrossover"); }));
  EXPECT_THAT(message("crossoverMessages"), HasSubstr("cancelled after 2 of 5 points"));
  EXPECT_EQ(plot->pointCount(), 2);
}

TEST_F(RacePage, WorksByKeyboard) {
  held = true;
  openMonths();
  click("raceMode");
  QTest::keyClick(page.get(), Qt::Key_R, Qt::ControlModifier);
  ASSERT_TRUE(waitFor([this] { return enabled("cancelRace"); }));
  QTest::keyClick(page.get(), Qt::Key_Period, Qt::ControlModifier);
  EXPECT_TRUE(waitFor([this] { return enabled("startRace"); }));
}

TEST_F(RacePage, EveryControlHasANameAndATip) {
  for (const char* name : {"oneRunMode",
                           "raceMode",
                           "crossoverMode",
                           "raceOneHot",
                           "raceIdentity",
                           "raceIdentityFrozen",
                           "raceRandom",
                           "raceSizes",
                           "racePretrained",
                           "racePretrainedFrozen",
                           "racePretrainedTuned",
                           "racingFeatures",
                           "raceSeeds",
                           "racePatience",
                           "startRace",
                           "cancelRace",
                           "racePlot",
                           "raceQuantity",
                           "raceLogarithmic",
                           "trainContestant",
                           "copyRaceTable",
                           "crossoverAxis",
                           "crossoverValues",
                           "crossoverBaseline",
                           "crossoverDimension",
                           "crossoverCategories",
                           "crossoverRows",
                           "crossoverRank",
                           "crossoverNoise",
                           "crossoverSeeds",
                           "crossoverPatience",
                           "startCrossover",
                           "cancelCrossover",
                           "crossoverPlot",
                           "copyCrossoverTable",
                           "moreOptionsButton",
                           "scheduleCombo",
                           "weightDecay",
                           "momentum",
                           "clipNorm",
                           "lossCombo",
                           "huberDelta",
                           "dropout",
                           "patience"}) {
    auto* widget = find<QWidget>(name);
    ASSERT_NE(widget, nullptr);
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << name;
    EXPECT_FALSE(widget->toolTip().isEmpty()) << name;
  }
  EXPECT_FALSE(find<QWidget>("raceTable")->accessibleName().isEmpty());
}

}  // namespace
}  // namespace embedscope::train
