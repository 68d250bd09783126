// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curves.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

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
  const CurveStyle m_red{.color = QColor(255, 0, 0), .colorIndex = 0};
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

TEST_F(Curves, ManyPointsInAColumnBecomeTheirMeanAndAFaintRange) {
  const auto id = plot.addSeries("", m_red);
  std::vector<double> x(100'000);
  std::iota(x.begin(), x.end(), 0.0);
  std::vector<double> y(x.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    y[i] = i % 4 == 0 ? 1 : 0;  // the mean is a quarter
  }
  plot.append(id, x, y);
  EXPECT_GT(redPixels(), 300) << "the line of the means";
  EXPECT_LT(redPixels(), 2500) << "not a blot";
  const QImage image = pictureOf(plot, 1);
  const QColor faint = image.pixelColor(image.width() / 2, image.height() / 3);
  EXPECT_EQ(faint.red(), 255) << "between the mean and the top the range is tinted";
  EXPECT_LT(faint.green(), 230);
  EXPECT_GT(faint.green(), 120);
}

TEST_F(Curves, DashesLeaveGaps) {
  const std::vector<double> x = {0, 1, 2};
  const std::vector<double> y = {0, 0, 0};
  const auto id = plot.addSeries("", m_red);
  plot.append(id, x, y);
  const int solid = redPixels();
  CurveStyle dashed = m_red;
  dashed.line = CurveStyle::Line::Dashed;
  plot.setSeriesStyle(id, dashed);
  EXPECT_LT(redPixels(), solid * 3 / 4);
  EXPECT_GT(redPixels(), solid / 3);
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

/// Pixels that are neither the background nor grey, i.e. have the color of a band or a line.
int coloredPixels(CurvePlot& plot) {
  const QImage image = pictureOf(plot, 1);
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor color = image.pixelColor(x, y);
      count += color.red() - color.blue() > 15 ? 1 : 0;
    }
  }
  return count;
}

TEST_F(Curves, BandsAreShadedBehindTheLine) {
  const auto id = plot.addSeries("", m_red);
  plot.setSeries(id, {0, 1, 2}, {1, 1, 1});
  const int line = coloredPixels(plot);
  plot.setBand(id, {0, 1, 2}, {1, 1, 1}, {0, 0, 0}, {2, 2, 2});
  EXPECT_GT(coloredPixels(plot), 50 * line) << "the area between the limits";
  EXPECT_GT(redPixels(), 0) << "the line stays on top";
  plot.setSeriesVisible(id, false);
  EXPECT_EQ(coloredPixels(plot), 0);
}

TEST_F(Curves, BandsBearNothingOnePointNaNAndLogarithms) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto id = plot.addSeries("", m_red);
  plot.setBand(id, {}, {}, {}, {});
  EXPECT_EQ(coloredPixels(plot), 0);
  plot.setBand(id, {1}, {1}, {0.5}, {2});
  EXPECT_GT(redPixels(), 8) << "one point is a dot";
  plot.setBand(id, {0, 1, 2, 3, 4}, {1, 1, 1, 1, 1}, {0, 0, 0, 0, 0}, {2, 2, 2, 2, 2});
  const int whole = coloredPixels(plot);
  plot.setBand(id, {0, 1, 2, 3, 4}, {1, 1, 1, 1, 1}, {0, 0, nan, 0, 0}, {2, 2, 2, 2, 2});
  EXPECT_GT(coloredPixels(plot), whole / 4);
  EXPECT_LT(coloredPixels(plot), 2 * whole / 3) << "NaN leaves a gap";
  plot.setBand(id, {0, 1, 2, 3}, {1, 1, 1, 1}, {0.1, 0.1, 0, 0}, {2, 2, 2, 2});
  plot.setLogarithmic(true);
  const int logarithmic = coloredPixels(plot);
  EXPECT_GT(logarithmic, 1000);
  plot.setLogarithmic(false);
  EXPECT_GT(coloredPixels(plot), logarithmic) << "what was not positive comes back";
  plot.removeSeries(id);
  EXPECT_EQ(plot.seriesCount(), 0);
  EXPECT_EQ(coloredPixels(plot), 0);
}

TEST_F(Curves, BandsStretchTheAxes) {
  const auto id = plot.addSeries("", m_red);
  plot.setBand(id, {0, 1}, {0, 0}, {-1, -1}, {1, 1});
  const int narrow = coloredPixels(plot);
  plot.setBand(id, {0, 1}, {0, 0}, {-100, -100}, {100, 100});
  EXPECT_NEAR(coloredPixels(plot), narrow, narrow / 20) << "it fills the plot as before";
}

TEST_F(Curves, FaintCurvesStepBack) {
  const auto id = plot.addSeries("", m_red);
  plot.setSeries(id, {0, 1}, {1, 2});
  const int normal = redPixels();
  CurveStyle style = m_red;
  style.emphasis = CurveStyle::Emphasis::Strong;
  plot.setSeriesStyle(id, style);
  EXPECT_GT(redPixels(), normal);
  style.emphasis = CurveStyle::Emphasis::Faint;
  plot.setSeriesStyle(id, style);
  EXPECT_EQ(redPixels(), 0);
}

TEST(CurveStyles, NeverRepeatAColorAndLineSilently) {
  std::vector<std::pair<QRgb, int>> seen;
  for (int i = 0; i < CurveStyle::distinctCount(); ++i) {
    const CurveStyle style = CurveStyle::distinct(i);
    const std::pair look(style.colorOn(false).rgb(), static_cast<int>(style.line));
    EXPECT_EQ(std::count(seen.begin(), seen.end(), look), 0) << i;
    seen.push_back(look);
  }
  EXPECT_EQ(CurveStyle::distinctCount(), 28);
  const QColor other = CurveStyle::distinct(CurveStyle::distinctCount()).colorOn(false);
  EXPECT_EQ(other, CurveStyle::distinct(-1).colorOn(false));
  EXPECT_LT(other.saturation(), 30) << "the grey of all others";
}

TEST_F(Curves, ManyNamesFitOrAreLeftOut) {
  for (int i = 0; i < 200; ++i) {
    const auto id = plot.addSeries(QStringLiteral("curve %1").arg(i), CurveStyle::distinct(i));
    plot.setSeries(id, {0, 1}, {1, 2});
  }
  EXPECT_FALSE(pictureOf(plot, 1).isNull());
}

}  // namespace
}  // namespace embedscope::plots
