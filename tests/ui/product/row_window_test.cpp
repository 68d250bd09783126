// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/row_window.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <set>

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

TEST(RowWindow, ShowsTheRowsOfAnOpenedFold) {
  const std::array<std::int64_t, 1> wanted{0};
  const auto lines = windowOf(50'000, RowRoom{12, 1000}, wanted);
  expectCovers(lines, 50'000);
  EXPECT_LE(lines.size(), 12U);
  ASSERT_EQ(openedRows(12), 4);
  for (std::int64_t row = 1000; row < 1004; ++row) {
    const auto place = lineOf(lines, row);
    ASSERT_TRUE(place);
    EXPECT_FALSE(lines[*place].folded) << row;
  }
}

TEST(RowWindow, PagesThroughEveryRowDownAndUp) {
  const std::array<std::int64_t, 2> wanted{4, 30};
  constexpr std::int64_t kCount = 60;
  constexpr std::size_t kMost = 11;
  for (const bool down : {true, false}) {
    std::set<std::int64_t> seen;
    std::optional<std::int64_t> opened;
    for (int page = 0; page < 100; ++page) {
      const auto lines = windowOf(kCount, RowRoom{kMost, opened}, wanted);
      for (const WindowLine& line : lines) {
        if (!line.folded) {
          seen.insert(line.from);
        }
      }
      const auto next = nextOpened(lines, opened, down);
      if (!next) {
        break;
      }
      EXPECT_TRUE(!opened || (down ? *next > *opened : *next < *opened));
      opened = next;
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(kCount)) << (down ? "down" : "up");
  }
}

}  // namespace
}  // namespace embedscope::product
