// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curves.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <limits>
#include <numeric>

namespace embedscope::plots {
namespace {

class Curves : public testing::Test {
 protected:
  Curves() {
    plot.setPalette(Theme::light().palette());
    plot.resize(500, 300);
    plot.show();
  }

  int redPixels() {
    const QImage image = pictureOf(plot, 1);
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        const QColor color = image.pixelColor(x, y);
        count += color.red() > 200 && color.green() < 90 && color.blue() < 90 ? 1 : 0;
      }
    }
    return count;
  }

  CurvePlot plot;
  const CurveStyle m_red{.color = QColor(255, 0, 0), .colorIndex = 0, .dashed = false};
};

TEST_F(Curves, HoldNothingAndOnePoint) {
  EXPECT_EQ(redPixels(), 0);
  const auto id = plot.addSeries("", m_red);
  EXPECT_EQ(redPixels(), 0);
  plot.append(id, 1, 2);
  EXPECT_GT(redPixels(), 8) << "one point is a dot";
  plot.append(999, 1, 2);  // no such curve
  EXPECT_EQ(plot.seriesCount(), 1);
  plot.clearSeries();
  EXPECT_EQ(plot.seriesCount(), 0);
  EXPECT_EQ(redPixels(), 0);
}

TEST_F(Curves, LeaveGapsForNaNAndBearInfinity) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto id = plot.addSeries("", m_red);
  plot.setSeries(id, {0, 1, 2, 3}, {1, 1, 1, 1});
  const int whole = redPixels();
  plot.setSeries(id, {0, 1, 2, 3}, {1, 1, nan, 1});
  const int withGap = redPixels();
  EXPECT_GT(withGap, 0);
  EXPECT_LT(withGap, whole / 2);
  plot.setSeries(id, {0, 1, 2}, {std::numeric_limits<double>::infinity(), nan, 1});
  EXPECT_GE(redPixels(), 0);
}

TEST_F(Curves, LogarithmLeavesOutWhatIsNotPositiveAndGivesItBack) {
  const auto id = plot.addSeries("", m_red);
  plot.setSeries(id, {0, 1, 2, 3}, {100, 10, 0, -5});
  const int linear = redPixels();
  plot.setLogarithmic(true);
  EXPECT_TRUE(plot.isLogarithmic());
  EXPECT_GT(redPixels(), 0);
  plot.setLogarithmic(false);
  EXPECT_EQ(redPixels(), linear);
}

TEST_F(Curves, FollowUntilTouchedAndAgainAfterADoubleClick) {
  const auto id = plot.addSeries("loss", m_red);
  plot.setSeries(id, {0, 1, 2}, {3, 2, 1});
  QSignalSpy following(&plot, &CurvePlot::followingChanged);
  const QPointF middle(250, 150);
  QWheelEvent wheel(middle, plot.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt::NoButton,
                    Qt::NoModifier, Qt::NoScrollPhase, false);
  QApplication::sendEvent(&plot, &wheel);
  EXPECT_FALSE(plot.isFollowing());
  QTest::mouseDClick(&plot, Qt::LeftButton, Qt::NoModifier, middle.toPoint());
  EXPECT_TRUE(plot.isFollowing());
  QTest::keyClick(&plot, Qt::Key_Left);
  EXPECT_FALSE(plot.isFollowing());
  QTest::keyClick(&plot, Qt::Key_0);
  EXPECT_TRUE(plot.isFollowing());
  EXPECT_EQ(following.count(), 4);
}

TEST_F(Curves, ClickTellsTheStep) {
  const auto id = plot.addSeries("loss", m_red);
  plot.setSeries(id, {0, 100}, {3, 1});
  pictureOf(plot, 1);  // lays out
  QSignalSpy clicked(&plot, &CurvePlot::xClicked);
  QTest::mouseClick(&plot, Qt::LeftButton, Qt::NoModifier, QPoint(250, 150));
  ASSERT_EQ(clicked.count(), 1);
  EXPECT_GT(clicked[0][0].toDouble(), 20);
  EXPECT_LT(clicked[0][0].toDouble(), 80);
}

TEST_F(Curves, DrawAMillionPointsQuickly) {
  std::vector<double> x(1'000'000);
  std::iota(x.begin(), x.end(), 0.0);
  std::vector<double> y(x.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    y[i] = static_cast<double>(i % 977);
  }
  const auto id = plot.addSeries("loss", m_red);
  plot.setSeries(id, x, y);
  QElapsedTimer timer;
  timer.start();
  EXPECT_GT(redPixels(), 100);
  EXPECT_LT(timer.elapsed(), 5000) << "without thinning this takes minutes";
}

TEST_F(Curves, HiddenCurvesDoNotStretchTheAxes) {
  const auto low = plot.addSeries("", m_red);
  const auto high = plot.addSeries("", CurveStyle{.color = Qt::blue, .colorIndex = 0});
  plot.setSeries(low, {0, 1, 2}, {0, 1, 0});
  const int alone = redPixels();
  plot.setSeries(high, {0, 1, 2}, {0, 1e6, 0});
  const int flattened = redPixels();
  EXPECT_NE(flattened, alone);
  plot.setSeriesVisible(high, false);
  EXPECT_EQ(redPixels(), alone);
}

}  // namespace
}  // namespace embedscope::plots
