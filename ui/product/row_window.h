// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::product {

/// One line of a window on many rows: a row, or a fold that stands for a stretch of them.
struct WindowLine {
  std::int64_t from = 0;  ///< the row, or the first one folded
  std::int64_t to = 0;    ///< one past the row, or one past the last one folded
  bool folded = false;

  bool operator==(const WindowLine&) const = default;
};

/// How many lines there is room for, and the fold a reader has opened.
struct RowRoom {
  std::size_t most = 3;                  ///< lines, folds included
  std::optional<std::int64_t> opened{};  ///< the first of the rows to show beside those that matter
};

/// Picks the rows that matter so that they and the folds between them fit.
///
/// All rows when they fit. Otherwise the wanted rows first, then the first and the last row, then
/// rows around the wanted ones, nearest first. A fold never stands for a single row.
///
/// @param count   rows there are, ≥ 0.
/// @param most    lines that fit, folds included; at least the wanted rows are shown even if more.
/// @param wanted  in [0, count), the most important one first.
/// @return lines that cover [0, count) without gaps, in order. Cost O(most²), whatever `count`.
std::vector<WindowLine> windowOf(std::int64_t count, std::size_t most,
                                 std::span<const std::int64_t> wanted);

/// The same with the first `openedRows(room.most)` rows of an opened fold among those wanted.
std::vector<WindowLine> windowOf(std::int64_t count, const RowRoom& room,
                                 std::span<const std::int64_t> wanted);

/// Rows that an opened fold shows for certain where there is room for so many lines: a third of
/// them, which leaves room for those that matter, and one at least.
std::int64_t openedRows(std::size_t most);

/// The row to open when a reader pages down (or up) through the folds: the start of the next fold
/// below what is open, or the end of the one above. Nothing: there is none.
std::optional<std::int64_t> nextOpened(std::span<const WindowLine> lines,
                                       std::optional<std::int64_t> opened, bool down);

/// The line on which a row is shown (or folded).
std::optional<std::size_t> lineOf(std::span<const WindowLine> lines, std::int64_t row);

}  // namespace embedscope::product
