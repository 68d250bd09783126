// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/board_fit.h"

#include <gtest/gtest.h>

namespace embedscope::product {
namespace {

/// The board beside the panel and the inspector of a window of 1280 × 800.
constexpr QSize kSmallWindow{675, 600};

/// As at the usual font: "−0.123" with its padding is 47 pixels wide, "−0.12" 40.
BoardNeeds needs(std::int64_t rows, std::int64_t columns, QSize room = kSmallWindow) {
  BoardNeeds out;
  out.room = room;
  out.rows = rows;
  out.columns = columns;
  out.head = 60;
  out.labels = 40;
  out.resultLabels = 50;
  out.longNumber = 47;
  out.shortNumber = 40;
  return out;
}

int widthOf(const BoardFit& fit, const BoardNeeds& of) {
  return fit.oneHotWidth() + fit.tableWidth() + fit.resultWidth(of.resultLabels) +
         2 * kOperatorWidth;
}

TEST(BoardFit, TheSmallestCaseShowsBothColumnsInRoomyCells) {
  const BoardNeeds small = needs(2, 2);
  const BoardFit fit = fitBoard(small);
  EXPECT_EQ(fit.columns, 2);
  EXPECT_GE(fit.rowHeight, 56);
  EXPECT_LE(fit.rowHeight, 72);
  EXPECT_LE(widthOf(fit, small), kSmallWindow.width());
  EXPECT_EQ(fitBoard(needs(2, 2, {1300, 900})).rowHeight, 72);
}

TEST(BoardFit, ASmallWindowShowsFourColumnsOrMore) {
  EXPECT_EQ(fitBoard(needs(3, 5)).columns, 5);
  EXPECT_GE(fitBoard(needs(12, 16)).columns, 4);
  BoardNeeds longLabels = needs(400'000, 300);
  longLabels.labels = 500;
  const BoardFit fit = fitBoard(longLabels);
  EXPECT_GE(fit.columns, 4);
  EXPECT_LE(fit.labels, 60);
  EXPECT_LE(widthOf(fit, longLabels), kSmallWindow.width());
}

TEST(BoardFit, DigitsGiveWayOnlyWhenThatShowsMoreColumns) {
  EXPECT_FALSE(fitBoard(needs(12, 2)).shortNumbers);
  const BoardNeeds tight = needs(12, 16);
  const BoardFit fit = fitBoard(tight);
  EXPECT_TRUE(fit.shortNumbers);
  EXPECT_GE(fit.numberWidth, tight.shortNumber);
}

TEST(BoardFit, ShowsAsManyColumnsAsThereIsRoomFor) {
  for (int width = 400; width < 2400; width += 37) {
    for (const std::int64_t rows : {1, 2, 6, 7, 1000}) {
      for (const std::int64_t columns : {1, 2, 3, 16, 300}) {
        const BoardNeeds some = needs(rows, columns, {width, 700});
        const BoardFit fit = fitBoard(some);
        ASSERT_GE(fit.columns, 1);
        ASSERT_LE(fit.columns, columns);
        ASSERT_GE(fit.numberWidth, 40);
        if (fit.columns > 1) {
          ASSERT_LE(widthOf(fit, some), width) << rows << " × " << columns;
        }
        if (fit.columns < columns) {
          ASSERT_GT(widthOf(fit, some) + 2 * 47, width) << rows << " × " << columns;
        }
      }
    }
  }
}

TEST(BoardFit, LowBoardsShowFewLines) {
  const BoardFit fit = fitBoard(needs(1000, 4, {651, 200}));
  EXPECT_EQ(fit.lines, 5U);
  EXPECT_EQ(fit.rowHeight, 28);
}

}  // namespace
}  // namespace embedscope::product
