// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/palette.h"

#include "ui/plots/theme.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace embedscope::plots {
namespace {

double linear(double channel) {
  return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// Contrast of two colors by WCAG 2.
double contrast(const QColor& a, const QColor& b) {
  const auto luminance = [](const QColor& color) {
    return 0.2126 * linear(color.red() / 255.0) + 0.7152 * linear(color.green() / 255.0) +
           0.0722 * linear(color.blue() / 255.0);
  };
  const double low = std::min(luminance(a), luminance(b));
  const double high = std::max(luminance(a), luminance(b));
  return (high + 0.05) / (low + 0.05);
}

TEST(CategoryMark, NeverComesTwice) {
  for (const bool dark : {false, true}) {
    std::set<std::pair<QRgb, int>> seen;
    for (int index = 0; index < distinctMarkCount(); ++index) {
      const CategoryMark mark = categoryMark(index, dark);
      EXPECT_TRUE(seen.emplace(mark.color.rgb(), static_cast<int>(mark.shape)).second) << index;
    }
    const CategoryMark others = categoryMark(distinctMarkCount(), dark);
    EXPECT_EQ(others, categoryMark(-1, dark));
    EXPECT_EQ(others, categoryMark(1'000'000, dark));
    EXPECT_FALSE(seen.contains({others.color.rgb(), static_cast<int>(others.shape)}));
  }
}

TEST(CategoryMark, StandsOutFromTheGround) {
  for (int index = -1; index < distinctMarkCount(); ++index) {
    EXPECT_GE(contrast(categoryColor(index, false), Theme::light().base), 2.0) << index;
    EXPECT_GE(contrast(categoryColor(index, true), Theme::dark().base), 4.0) << index;
  }
}

TEST(ColorScales, RunFromDarkToLightAndBearAnyNumber) {
  EXPECT_EQ(viridis(0), QColor(0x440154));
  EXPECT_EQ(viridis(1), QColor(0xFDE725));
  EXPECT_EQ(viridis(-3), viridis(0));
  EXPECT_EQ(cividis(7), cividis(1));
  EXPECT_EQ(viridis(std::numeric_limits<double>::quiet_NaN()), viridis(0));
  double last = -1;
  for (int i = 0; i <= 20; ++i) {
    EXPECT_GT(contrast(viridis(i / 20.0), Qt::black), last);
    last = contrast(viridis(i / 20.0), Qt::black);
  }
}

TEST(Diverging, TellsTheSign) {
  for (const bool dark : {false, true}) {
    EXPECT_GT(diverging(-0.8, dark).red(), diverging(-0.8, dark).blue());
    EXPECT_LT(diverging(0.8, dark).red(), diverging(0.8, dark).blue());
    EXPECT_EQ(diverging(0, dark), diverging(std::numeric_limits<double>::quiet_NaN(), dark));
    EXPECT_EQ(diverging(5, dark), diverging(1, dark));
  }
}

TEST(InkOn, CanBeReadOnEveryCellColor) {
  for (const bool dark : {false, true}) {
    for (int i = -20; i <= 20; ++i) {
      const QColor ground = diverging(i / 20.0, dark);
      EXPECT_GE(contrast(inkOn(ground), ground), 4.0) << i << (dark ? " dark" : " light");
    }
  }
}

TEST(Theme, ComesBackFromItsPalette) {
  for (const Theme& theme : {Theme::light(), Theme::dark()}) {
    const Theme back = Theme::of(theme.palette());
    EXPECT_EQ(back.isDark, theme.isDark);
    EXPECT_EQ(back.selection, theme.selection);
    EXPECT_EQ(back.accent, theme.accent);
    EXPECT_GE(contrast(theme.text, theme.base), 7);
    EXPECT_GE(contrast(theme.mutedText, theme.base), 4.5);
    EXPECT_GE(contrast(theme.mutedText, theme.window), 4.5);
    EXPECT_GE(contrast(theme.accent, theme.base), 3);
  }
}

TEST(Theme, TakesForeignPalettes) {
  QPalette palette;
  palette.setColor(QPalette::Base, QColor(10, 30, 10));
  palette.setColor(QPalette::Text, QColor(200, 255, 200));
  palette.setColor(QPalette::Highlight, QColor(0, 200, 0));
  const Theme theme = Theme::of(palette);
  EXPECT_TRUE(theme.isDark);
  EXPECT_EQ(theme.base, QColor(10, 30, 10));
  EXPECT_EQ(theme.accent, QColor(0, 200, 0));
}

}  // namespace
}  // namespace embedscope::plots
