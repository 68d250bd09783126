// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/row_window.h"

#include <gtest/gtest.h>

#include <array>

namespace embedscope::product {
namespace {

/// What every window must be: [0, count) without gaps, folds of at least two.
void expectCovers(const std::vector<WindowLine>& lines, std::int64_t count) {
  std::int64_t next = 0;
  for (const WindowLine& line : lines) {
    EXPECT_EQ(line.from, next);
    EXPECT_GT(line.to, line.from);
    EXPECT_EQ(line.folded, line.to - line.from > 1);
    next = line.to;
  }
  EXPECT_EQ(next, count);
}

TEST(RowWindow, ShowsAllRowsWhenTheyFit) {
  const auto lines = windowOf(5, 5, std::array<std::int64_t, 1>{3});
  EXPECT_EQ(lines.size(), 5U);
  expectCovers(lines, 5);
}

TEST(RowWindow, OfNothingIsEmpty) {
  EXPECT_TRUE(windowOf(0, 5, {}).empty());
}

TEST(RowWindow, FoldsWhatIsFarFromTheRowsThatMatter) {
  const auto lines = windowOf(50'000, 9, std::array<std::int64_t, 1>{25'000});
  expectCovers(lines, 50'000);
  EXPECT_LE(lines.size(), 9U);
  EXPECT_EQ(lines.front(), (WindowLine{0, 1, false}));
  EXPECT_EQ(lines.back(), (WindowLine{49'999, 50'000, false}));
  const auto place = lineOf(lines, 25'000);
  ASSERT_TRUE(place);
  EXPECT_FALSE(lines[*place].folded);
}

TEST(RowWindow, HoldsForEveryPlaceAndSize) {
  for (std::int64_t count = 1; count <= 12; ++count) {
    for (std::size_t most = 5; most <= 9; ++most) {
      for (std::int64_t row = 0; row < count; ++row) {
        for (std::int64_t other = 0; other < count; ++other) {
          const auto lines = windowOf(count, most, std::array{row, other});
          expectCovers(lines, count);
          for (const std::int64_t wanted : {row, other}) {
            const auto place = lineOf(lines, wanted);
            ASSERT_TRUE(place);
            EXPECT_FALSE(lines[*place].folded);
          }
          EXPECT_LE(lines.size(), most);
        }
      }
    }
  }
}

TEST(RowWindow, CostsTheSameForABillionRows) {
  const auto lines = windowOf(1'000'000'000, 21, std::array<std::int64_t, 2>{7, 999'999'000});
  expectCovers(lines, 1'000'000'000);
  EXPECT_LE(lines.size(), 21U);
}

}  // namespace
}  // namespace embedscope::product
