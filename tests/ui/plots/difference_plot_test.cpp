// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/difference_plot.h"

#include <gmock/gmock.h>

#include <QTest>

#include <limits>

namespace embedscope::plots {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class Differences : public testing::Test {
 protected:
  Differences() {
    plot.setPalette(Theme::light().palette());
    plot.resize(500, 300);
    plot.setEmptyText(QStringLiteral("nothing yet"));
    plot.show();
  }

  /// Pixels of exactly this color.
  int pixels(const QColor& color) {
    const QImage image = pictureOf(plot, 1);
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        count += image.pixelColor(x, y) == color ? 1 : 0;
      }
    }
    return count;
  }

  int accentPixels() { return pixels(Theme::light().accent); }

  DifferencePlot plot;
};

TEST_F(Differences, SayWhatWouldBeThere) {
  EXPECT_EQ(plot.pointCount(), 0);
  EXPECT_EQ(accentPixels(), 0);
  EXPECT_EQ(plot.accessibleDescription(), QStringLiteral("nothing yet"));
}

TEST_F(Differences, HoldOnePointAndGrow) {
  plot.setValues({10, 100, 1000});
  plot.setPoints({{.x = 10, .mean = 0.5, .lower = 0.2, .upper = 0.8}});
  const int one = accentPixels();
  EXPECT_GT(one, 20);
  plot.setPoints({{.x = 10, .mean = 0.5, .lower = 0.2, .upper = 0.8},
                  {.x = 100, .mean = 0.4, .lower = 0.3, .upper = 0.5}});
  EXPECT_EQ(plot.pointCount(), 2);
  EXPECT_GT(accentPixels(), one);
}

TEST_F(Differences, ArePaintedHollowWithinNoise) {
  plot.setPoints({{.x = 10, .mean = 0.5, .lower = 0.1, .upper = 0.9}});
  const int filled = accentPixels();
  plot.setPoints({{.x = 10, .mean = 0.5, .lower = -0.1, .upper = 1.1}});
  EXPECT_LT(accentPixels(), filled);
  EXPECT_FALSE((DifferencePoint{.x = 1, .mean = 1, .lower = kNaN, .upper = kNaN}).isBeyondNoise());
}

TEST_F(Differences, BearNaNAndInfinity) {
  plot.setPoints({{.x = 10, .mean = kNaN, .lower = kNaN, .upper = kNaN}});
  EXPECT_EQ(accentPixels(), 0);
  plot.setPoints({{.x = 10, .mean = 0.5, .lower = kNaN, .upper = kNaN},
                  {.x = 20, .mean = kNaN, .lower = kNaN, .upper = kNaN},
                  {.x = 40, .mean = 0.5, .lower = 0.1, .upper = 0.9}});
  EXPECT_GT(accentPixels(), 0);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  plot.setPoints({{.x = 10, .mean = 0.5, .lower = -kInfinity, .upper = kInfinity}});
  EXPECT_GE(accentPixels(), 0);
}

TEST_F(Differences, MarkThePlaceWithItsInterval) {
  plot.setPoints({{.x = 10, .mean = -0.5, .lower = -0.6, .upper = -0.4},
                  {.x = 100, .mean = 0.5, .lower = 0.4, .upper = 0.6}});
  const QImage before = pictureOf(plot, 1);
  plot.setMark(MarkedPlace{
      .x = 40, .lower = 25, .upper = 60, .text = "pays from 40 on", .intervalText = "crossover"});
  EXPECT_NE(pictureOf(plot, 1), before);
  plot.setMark(MarkedPlace{.x = 40, .lower = {}, .upper = {}, .text = {}, .intervalText = {}});
  EXPECT_NE(pictureOf(plot, 1), before);
  plot.setMark({});
  EXPECT_EQ(pictureOf(plot, 1), before);
}

TEST_F(Differences, AreReadOutByTheKeys) {
  plot.setAxisTitles(QStringLiteral("categories"), QStringLiteral("difference"));
  plot.setPoints({{.x = 10, .mean = -0.5, .lower = -0.6, .upper = -0.4},
                  {.x = 100, .mean = 0.5, .lower = -0.1, .upper = 1.1}});
  QTest::keyClick(&plot, Qt::Key_Right);
  EXPECT_EQ(plot.chosenPoint(), 0);
  EXPECT_THAT(plot.accessibleDescription().toStdString(), testing::HasSubstr("beyond noise"));
  QTest::keyClick(&plot, Qt::Key_Right);
  QTest::keyClick(&plot, Qt::Key_Right);
  EXPECT_EQ(plot.chosenPoint(), 1);
  EXPECT_THAT(
      plot.accessibleDescription().toStdString(),
      testing::AllOf(testing::HasSubstr("categories 100"), testing::HasSubstr("within noise")));
  QTest::keyClick(&plot, Qt::Key_Left);
  EXPECT_EQ(plot.chosenPoint(), 0);
  plot.setPoints({});
  EXPECT_FALSE(plot.chosenPoint());
}

TEST_F(Differences, FollowThePalette) {
  plot.setPoints({{.x = 10, .mean = 0.5, .lower = 0.1, .upper = 0.9}});
  plot.setPalette(Theme::dark().palette());
  EXPECT_GT(pixels(Theme::dark().base), 1000);
  EXPECT_GT(pixels(Theme::dark().accent), 10);
}

}  // namespace
}  // namespace embedscope::plots
