// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/bars.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <limits>

namespace embedscope::plots {
namespace {

class Bars : public testing::Test {
 protected:
  Bars() {
    plot.setPalette(Theme::light().palette());
    plot.resize(240, 96);
    plot.show();
  }

  BarPlot plot;
};

TEST_F(Bars, HoldNothingZerosAndNaN) {
  EXPECT_EQ(plot.barAt({10, 50}), -1);
  QTest::keyClick(&plot, Qt::Key_Right);
  for (const std::vector<float>& values : {std::vector<float>{},
                                           {0, 0},
                                           {std::numeric_limits<float>::quiet_NaN()},
                                           std::vector<float>(4096, 1.0F)}) {
    plot.setValues(values);
    EXPECT_EQ(plot.valueCount(), static_cast<int>(values.size()));
    EXPECT_FALSE(pictureOf(plot, 2).isNull());
  }
}

TEST_F(Bars, PointToTheirNumbers) {
  plot.setValues({0.5F, -1.0F, 0.25F});
  QSignalSpy hovered(&plot, &BarPlot::barHovered);
  QTest::mouseMove(&plot, QPoint(10, 60));
  QTest::mouseMove(&plot, QPoint(40, 60));
  QTest::keyClick(&plot, Qt::Key_Right);
  QTest::keyClick(&plot, Qt::Key_Home);
  QTest::mouseMove(&plot, QPoint(230, 60));
  ASSERT_EQ(hovered.count(), 5);
  EXPECT_EQ(hovered[0][0].toInt(), 0);
  EXPECT_EQ(hovered[1][0].toInt(), 1);
  EXPECT_EQ(hovered[2][0].toInt(), 2);
  EXPECT_EQ(hovered[3][0].toInt(), 0);
  EXPECT_EQ(hovered[4][0].toInt(), -1);
}

TEST_F(Bars, GoUpForPositiveAndDownForNegativeNumbers) {
  plot.setValues({1.0F, -1.0F});
  const QImage image = pictureOf(plot, 1);
  const Theme theme = Theme::light();
  EXPECT_EQ(image.pixelColor(14, 36), theme.positive);
  EXPECT_EQ(image.pixelColor(38, 80), theme.negative);
  EXPECT_EQ(image.pixelColor(14, 80), theme.base);
}

}  // namespace
}  // namespace embedscope::plots
