// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

#include <cstddef>
#include <cstdint>

namespace embedscope::product {

/// What the blackboard has to show, and the room there is. All sizes in pixels.
struct BoardNeeds {
  QSize room;                ///< for the three maps together
  std::int64_t rows = 1;     ///< n ≥ 1 of the table
  std::int64_t columns = 1;  ///< d ≥ 1 of the table
  int head = 0;              ///< of every map: title, column labels and margins
  int labels = 0;            ///< room the row labels would like
  int resultLabels = 0;      ///< room the labels of the result need
  int longNumber = 0;        ///< width of a number with all its digits
  int shortNumber = 0;       ///< width of a number with fewer digits, ≤ longNumber
};

/// How large everything is drawn, and how much of the table there is room for.
struct BoardFit {
  int rowHeight = 28;         ///< of the table and the result
  int numberWidth = 40;       ///< of a cell of the table and the result
  int oneHotCell = 28;        ///< side of a cell of the one-hot row
  int labels = 0;             ///< room for row labels
  std::size_t lines = 1;      ///< of the table, folds included
  std::size_t oneHot = 1;     ///< cells of the one-hot row, folds included
  std::int64_t columns = 1;   ///< of the table, in [1, d]
  bool shortNumbers = false;  ///< only the shorter numbers fit

  int oneHotWidth() const;
  int tableWidth() const;
  int resultWidth(int resultLabels) const;
};

/// Room for an operator between two maps.
inline constexpr int kOperatorWidth = 20;

/// Within a map, left and right of its cells.
inline constexpr int kMapMargin = 8;

/// Height of a row when there are many.
inline constexpr int kSmallestRow = 28;

/// Columns come first: as many as fit, with fewer digits if that shows more. What room is left
/// makes the cells larger, up to 72 pixels. Cost O(1).
BoardFit fitBoard(const BoardNeeds& needs);

}  // namespace embedscope::product
