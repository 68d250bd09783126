// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_cloud.h"

#include "ui/plots/palette.h"
#include "ui/plots/theme.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <limits>

namespace embedscope::plots {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

base::RowMatrix matrix(std::initializer_list<std::pair<float, float>> points) {
  base::RowMatrix xy(static_cast<Eigen::Index>(points.size()), 2);
  Eigen::Index row = 0;
  for (const auto& [x, y] : points) {
    xy(row, 0) = x;
    xy(row++, 1) = y;
  }
  return xy;
}

class PointCloud : public testing::Test {
 protected:
  PointCloud() {
    plot.setPalette(Theme::light().palette());
    plot.resize(600, 400);
    plot.show();
  }

  QPoint pixelOf(qint64 row) const { return plot.positionOf(row)->toPoint(); }

  bool looksBlank() {
    const QImage image = pictureOf(plot, 1);
    for (int y = 14; y < 360; ++y) {
      for (int x = 60; x < 580; ++x) {
        const QColor color = image.pixelColor(x, y);
        if (color.blue() - color.red() > 60) {
          return false;  // something in the accent color
        }
      }
    }
    return true;
  }

  PointCloudPlot plot;
};

TEST_F(PointCloud, WithNothingSaysWhatWouldBeHere) {
  plot.setEmptyText("Open a table to see its points");
  plot.setPoints(PointCloudPlot::Points());
  auto* text = plot.findChild<QLabel*>("emptyText");
  ASSERT_NE(text, nullptr);
  EXPECT_TRUE(text->isVisible());
  EXPECT_EQ(plot.accessibleDescription(), "Open a table to see its points");
  EXPECT_EQ(plot.pointAt({300, 200}), -1);
  EXPECT_FALSE(plot.positionOf(0));
  EXPECT_TRUE(looksBlank());
  plot.fitView();
  plot.setPoints(matrix({{0, 0}}));
  EXPECT_FALSE(text->isVisible());
  EXPECT_EQ(plot.accessibleDescription(), "");
}

TEST_F(PointCloud, ShowsOnePoint) {
  plot.setPoints(matrix({{3, 4}}));
  EXPECT_EQ(plot.pointAt(*plot.positionOf(0)), 0);
  EXPECT_TRUE(plot.view().contains(QPointF(3, 4)));
  EXPECT_FALSE(looksBlank());
}

TEST_F(PointCloud, SkipsPointsThatAreNotFinite) {
  plot.setPoints(matrix({{kNaN, 0}, {0, 0}, {1, std::numeric_limits<float>::infinity()}, {2, 2}}));
  EXPECT_FALSE(plot.positionOf(0));
  EXPECT_FALSE(plot.positionOf(2));
  EXPECT_TRUE(plot.view().contains(QPointF(2, 2)));
  EXPECT_LT(plot.view().width(), 10);
  plot.setPoints(matrix({{kNaN, kNaN}}));
  EXPECT_EQ(plot.pointAt({300, 200}), -1);
  EXPECT_TRUE(looksBlank());
}

TEST_F(PointCloud, HoldsAMillionPoints) {
  constexpr Eigen::Index kCount = 1'000'000;
  base::RowMatrix xy(kCount, 2);
  for (Eigen::Index row = 0; row < kCount; ++row) {
    xy(row, 0) = static_cast<float>(row % 1000);
    xy(row, 1) = static_cast<float>(row / 1000);
  }
  plot.setPoints(std::move(xy));
  EXPECT_FALSE(looksBlank());
  plot.centerOn(500'500);
  const qint64 hit = plot.pointAt(*plot.positionOf(500'500));
  EXPECT_EQ(hit, 500'500) << "zoomed in until single points can be told apart";
  EXPECT_FALSE(looksBlank());
}

TEST_F(PointCloud, ClickChoosesTheNearestPointOrNone) {
  plot.setPoints(matrix({{0, 0}, {1, 1}, {1, 0}}));
  QSignalSpy clicked(&plot, &PointCloudPlot::pointClicked);
  QTest::mouseClick(&plot, Qt::LeftButton, Qt::NoModifier, pixelOf(1) + QPoint(3, 2));
  QTest::mouseClick(&plot, Qt::LeftButton, Qt::NoModifier, QPoint(300, 30));
  ASSERT_EQ(clicked.count(), 2);
  EXPECT_EQ(clicked[0][0].toLongLong(), 1);
  EXPECT_EQ(clicked[1][0].toLongLong(), -1);
}

TEST_F(PointCloud, HoverTellsTheRowOnce) {
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  QSignalSpy hovered(&plot, &PointCloudPlot::pointHovered);
  QTest::mouseMove(&plot, pixelOf(0));
  QTest::mouseMove(&plot, pixelOf(0) + QPoint(1, 0));
  QTest::mouseMove(&plot, QPoint(300, 20));
  ASSERT_EQ(hovered.count(), 2);
  EXPECT_EQ(hovered[0][0].toLongLong(), 0);
  EXPECT_EQ(hovered[1][0].toLongLong(), -1);
}

TEST_F(PointCloud, DragMovesWithoutAClick) {
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  QSignalSpy clicked(&plot, &PointCloudPlot::pointClicked);
  const QPoint from = pixelOf(0);
  QTest::mousePress(&plot, Qt::LeftButton, Qt::NoModifier, from);
  for (int step = 1; step <= 5; ++step) {
    const QPoint to = from + QPoint(10 * step, -6 * step);
    QMouseEvent move(QEvent::MouseMove, to, plot.mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QApplication::sendEvent(&plot, &move);
  }
  QTest::mouseRelease(&plot, Qt::LeftButton, Qt::NoModifier, from + QPoint(50, -30));
  EXPECT_EQ(clicked.count(), 0);
  EXPECT_NEAR(plot.positionOf(0)->x(), from.x() + 50, 1);
  EXPECT_NEAR(plot.positionOf(0)->y(), from.y() - 30, 1);
}

TEST_F(PointCloud, WheelZoomsAroundThePointer) {
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  const QPointF place = *plot.positionOf(1);
  const double width = plot.view().width();
  QWheelEvent wheel(place, plot.mapToGlobal(place), QPoint(), QPoint(0, 240), Qt::NoButton,
                    Qt::NoModifier, Qt::NoScrollPhase, false);
  QApplication::sendEvent(&plot, &wheel);
  EXPECT_LT(plot.view().width(), width * 0.7);
  EXPECT_NEAR(plot.positionOf(1)->x(), place.x(), 1e-6);
  EXPECT_NEAR(plot.positionOf(1)->y(), place.y(), 1e-6);
}

TEST_F(PointCloud, KeysPanZoomAndFit) {
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  const QRectF fitted = plot.view();
  QTest::keyClick(&plot, Qt::Key_Plus);
  EXPECT_LT(plot.view().width(), fitted.width());
  QTest::keyClick(&plot, Qt::Key_Right);
  EXPECT_GT(plot.view().center().x(), fitted.center().x());
  QTest::keyClick(&plot, Qt::Key_0);
  EXPECT_NEAR(plot.view().width(), fitted.width(), 1e-9);
  EXPECT_NEAR(plot.view().center().x(), fitted.center().x(), 1e-9);
  QTest::keyClick(&plot, Qt::Key_Minus);
  QTest::mouseDClick(&plot, Qt::LeftButton, Qt::NoModifier, QPoint(300, 200));
  EXPECT_NEAR(plot.view().width(), fitted.width(), 1e-9);
  QSignalSpy clicked(&plot, &PointCloudPlot::pointClicked);
  QTest::keyClick(&plot, Qt::Key_Escape);
  ASSERT_EQ(clicked.count(), 1);
  EXPECT_EQ(clicked[0][0].toLongLong(), -1);
}

TEST_F(PointCloud, KeepsEqualUnitsWhenResized) {
  plot.setPoints(matrix({{0, 0}, {4, 1}}));
  for (const QSize size : {QSize(600, 400), QSize(300, 700), QSize(900, 300)}) {
    plot.resize(size);
    const QPointF a = *plot.positionOf(0);
    const QPointF b = *plot.positionOf(1);
    EXPECT_NEAR((b.x() - a.x()) / 4, a.y() - b.y(), 1e-6);
  }
}

TEST_F(PointCloud, FollowsMovingPointsUntilTheViewIsMoved) {
  plot.setAutoFit(true);
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  plot.setPoints(matrix({{0, 0}, {50, 50}}));
  EXPECT_TRUE(QTest::qWaitFor([&] { return plot.view().contains(QPointF(50, 50)); }, 3000));
  plot.zoomBy(4);
  const QRectF chosen = plot.view();
  plot.setPoints(matrix({{0, 0}, {900, 900}}));
  QTest::qWait(100);
  EXPECT_EQ(plot.view(), chosen);
}

/// A cloud of 100 × 100 points, 1 apart; row = 100 · y + x.
base::RowMatrix square() {
  base::RowMatrix xy(10'000, 2);
  for (Eigen::Index row = 0; row < xy.rows(); ++row) {
    xy(row, 0) = static_cast<float>(row % 100);
    xy(row, 1) = static_cast<float>(row / 100);
  }
  return xy;
}

TEST_F(PointCloud, JumpsToARowAndItsHighlightedRows) {
  plot.setPoints(square());
  const QRectF whole = plot.view();
  plot.setSelected(5050);
  plot.setHighlighted({5052, 4950, 5570, 77'777, -1});
  plot.centerOn(5050);
  for (const qint64 row : {5050, 5052, 4950, 5570}) {
    EXPECT_TRUE(plot.positionOf(row) && QRectF(plot.rect()).contains(*plot.positionOf(row))) << row;
  }
  EXPECT_LT(plot.view().width(), whole.width() * 0.6) << "close enough to tell them apart";
}

TEST_F(PointCloud, AJumpWaitsForRowsHighlightedLater) {
  plot.setPoints(square());
  plot.setSelected(5050);
  plot.centerOn(5050);
  EXPECT_FALSE(plot.view().contains(QPointF(90, 90)));
  plot.setHighlighted({});
  plot.setHighlighted({9090});
  EXPECT_TRUE(plot.view().contains(QPointF(90, 90)));
  EXPECT_TRUE(plot.view().contains(QPointF(50, 50)));
  const QRectF framed = plot.view();
  plot.setHighlighted({0});
  EXPECT_EQ(plot.view(), framed) << "once only";
}

TEST_F(PointCloud, AViewChangedByHandIsNotMovedByHighlightedRows) {
  plot.setPoints(square());
  plot.setSelected(5050);
  plot.centerOn(5050);
  plot.zoomBy(1.5);
  const QRectF chosen = plot.view();
  plot.setHighlighted({9090});
  EXPECT_EQ(plot.view(), chosen);
  plot.centerOn(5050);
  plot.setSelected(4040);
  const QRectF before = plot.view();
  plot.setHighlighted({0});
  EXPECT_EQ(plot.view(), before) << "another row was chosen, by a click for example";
}

TEST_F(PointCloud, AJumpNeverShowsMoreThanTheWholeNorLessThanSomeCompany) {
  plot.setPoints(square());
  const QRectF whole = plot.view();
  plot.setSelected(0);
  plot.setHighlighted({9999});
  plot.centerOn(0);
  EXPECT_LE(plot.view().width(), whole.width() * (1 + 1e-9));
  EXPECT_TRUE(plot.view().contains(QPointF(0, 0)));
  EXPECT_TRUE(plot.view().contains(QPointF(99, 99)));
  plot.setHighlighted({1});
  plot.centerOn(0);
  EXPECT_LT(plot.view().width(), whole.width() / 2);
  EXPECT_TRUE(plot.view().contains(QPointF(5, 2))) << "not only the two";
}

TEST_F(PointCloud, JumpsAmongPointsInOnePlace) {
  plot.setPoints(matrix({{3, 4}, {3, 4}, {3, 4}}));
  const QRectF whole = plot.view();
  plot.setSelected(1);
  plot.setHighlighted({0, 2});
  plot.centerOn(1);
  EXPECT_TRUE(plot.view().contains(QPointF(3, 4)));
  EXPECT_LE(plot.view().width(), whole.width());
}

TEST_F(PointCloud, LabelsOnlyWhatIsShown) {
  plot.setPoints(matrix({{0, 0}, {1, 1}, {2, 0}}));
  std::vector<qint64> asked;
  plot.setLabelProvider([&](qint64 row) {
    asked.push_back(row);
    return QString("label %1").arg(row);
  });
  plot.setSelected(2);
  plot.setHighlighted({0, 77, -5});
  plot.setLinksVisible(true);
  plot.replotNow();
  EXPECT_NE(std::find(asked.begin(), asked.end(), 2), asked.end());
  EXPECT_EQ(std::find(asked.begin(), asked.end(), 77), asked.end());
  EXPECT_EQ(plot.selected(), 2);
}

TEST_F(PointCloud, RestylesWithItsPalette) {
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  EXPECT_EQ(pictureOf(plot, 1).pixelColor(3, 3), Theme::light().base);
  plot.setPalette(Theme::dark().palette());
  EXPECT_EQ(pictureOf(plot, 1).pixelColor(3, 3), Theme::dark().base);
}

TEST_F(PointCloud, CategoriesMayHaveColorsOfTheirOwn) {
  const QColor own(250, 20, 200);
  const auto shows = [&](const QColor& color) {
    const QImage image = pictureOf(plot, 1);
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        if (image.pixelColor(x, y) == color) {
          return true;
        }
      }
    }
    return false;
  };
  const int beyond = distinctMarkCount() + 3;
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  plot.setColorIndices({0, beyond});
  EXPECT_TRUE(shows(categoryColor(0, false)));
  EXPECT_FALSE(shows(own));
  plot.setColorIndices({0, beyond}, {{beyond, own.rgb()}});
  EXPECT_TRUE(shows(categoryColor(0, false)));
  EXPECT_TRUE(shows(own)) << "also past the last mark";
  plot.setColorIndices({0, 1}, {{0, own.rgb()}});
  EXPECT_FALSE(shows(categoryColor(0, false)));
  EXPECT_TRUE(shows(own));
  plot.setPalette(Theme::dark().palette());
  EXPECT_TRUE(shows(own)) << "whatever the theme";
}

TEST_F(PointCloud, TakesFewerColorsThanPoints) {
  plot.setColorIndices({1});
  plot.setPoints(matrix({{0, 0}, {1, 1}}));
  EXPECT_FALSE(looksBlank());
  plot.setColors({qRgb(1, 2, 3)});
  plot.setPoints(base::RowMatrix::Random(5000, 2));
  EXPECT_FALSE(looksBlank());
}

/// How many pixels around a point are closer to a color than to the ground.
int pixelsLike(const QImage& image, QPointF place, const QColor& color) {
  int count = 0;
  for (int y = -14; y <= 14; ++y) {
    for (int x = -14; x <= 14; ++x) {
      const QColor pixel = image.pixelColor(place.toPoint() + QPoint(x, y));
      const int off = std::abs(pixel.red() - color.red()) +
                      std::abs(pixel.green() - color.green()) +
                      std::abs(pixel.blue() - color.blue());
      count += off < 40 ? 1 : 0;
    }
  }
  return count;
}

TEST_F(PointCloud, SizesAndShapesAreThoseOfTheirRows) {
  plot.setPoints(matrix({{0, 0}, {1, 0}, {2, 0}, {3, 0}}));
  const QColor accent = Theme::light().accent;
  plot.setSizes({1, 2, 4});
  plot.setShapes({-1, -1, 1});
  const QImage image = pictureOf(plot, 1);
  const int usual = pixelsLike(image, *plot.positionOf(0), accent);
  const int large = pixelsLike(image, *plot.positionOf(1), accent);
  EXPECT_GT(large, 3 * usual) << "twice the radius";
  const QPoint corner = plot.positionOf(2)->toPoint() + QPoint(14, 14);
  EXPECT_EQ(image.pixelColor(corner), accent) << "a disc of this size has no corner there";
  EXPECT_NEAR(pixelsLike(image, *plot.positionOf(3), accent), usual, 10) << "beyond the end";
  plot.setSizes({});
  plot.setShapes({});
  EXPECT_NEAR(pixelsLike(pictureOf(plot, 1), *plot.positionOf(1), accent), usual, 10);
}

TEST_F(PointCloud, PaleMarksAreOutlinedOnWhiteAndDarkOnesOnBlack) {
  plot.setPoints(matrix({{0, 0}, {1, 0}}));
  const auto strongest = [&](qint64 row) {
    const QImage image = pictureOf(plot, 1);
    double most = 1;
    for (int i = 0; i < 17 * 17; ++i) {
      const QPoint place = plot.positionOf(row)->toPoint() + QPoint(i % 17 - 8, i / 17 - 8);
      most = std::max(most, contrast(image.pixelColor(place), image.pixelColor(3, 3)));
    }
    return most;
  };
  plot.setColors({qRgb(255, 255, 240), qRgb(250, 250, 255)});
  EXPECT_GT(strongest(0), 2.5);
  plot.setPalette(Theme::dark().palette());
  plot.setColors({qRgb(10, 10, 14), qRgb(0, 0, 0)});
  EXPECT_GT(strongest(1), 2.5);
}

TEST_F(PointCloud, TheMostImportantLabelsWin) {
  // All in nearly one place: only few labels find room.
  base::RowMatrix xy(40, 2);
  for (Eigen::Index row = 0; row < xy.rows(); ++row) {
    xy(row, 0) = row == 39 ? 1000.0F : static_cast<float>(row % 6);
    xy(row, 1) = static_cast<float>(row / 6);
  }
  plot.setPoints(xy);
  std::vector<qint64> asked;
  plot.setLabelProvider([&](qint64 row) {
    asked.push_back(row);
    return QString("label %1").arg(row);
  });
  plot.replotNow();
  ASSERT_GE(asked.size(), 2U);
  EXPECT_EQ(asked[0], 0) << "without importance the first row";
  asked.clear();
  std::vector<float> importance(40, 0.0F);
  importance[17] = 2;
  importance[3] = 1;
  importance[0] = kNaN;
  plot.setLabelImportance(importance);
  plot.replotNow();
  ASSERT_GE(asked.size(), 3U);
  EXPECT_EQ(asked[0], 17);
  EXPECT_EQ(asked[1], 3);
  EXPECT_EQ(asked[2], 1);
  EXPECT_EQ(asked.back(), 0);
}

TEST(PointCloudPlot, FitsTheExtraMarkUnlessItIsVeryFarOff) {
  PointCloudPlot plot;
  plot.resize(400, 400);
  plot.setPoints(base::RowMatrix{{0, 0}, {1, 1}});
  plot.setExtraMark(PlaceMark{QPointF(1.5, 0.5), QStringLiteral("sum")});
  plot.fitView();
  EXPECT_TRUE(plot.view().contains(QPointF(1.5, 0.5)));
  plot.setExtraMark(PlaceMark{QPointF(100, 0.5), QStringLiteral("sum")});
  plot.fitView();
  EXPECT_LT(plot.view().width(), 3);
  EXPECT_TRUE(plot.view().contains(QPointF(1, 1)));
}

}  // namespace
}  // namespace embedscope::plots
