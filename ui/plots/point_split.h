// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/row_set.h"

#include <QRgb>

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::plots {

/// The points of a cloud in two lots, each side by side in memory, so that either can be drawn by
/// itself.
struct PointSplit {
  base::RowMatrix selected;
  std::vector<QRgb> selectedColors;  ///< of the selected ones, if all points have colors
  base::RowMatrix others;
};

/// @param points  n × 2 or n × 3.
/// @param colors  of every point, or fewer: then none.
/// @param order   in which both lots keep their points, every row once; empty: that of the rows.
/// Cost O(n).
PointSplit splitPoints(const base::RowMatrix& points, const table::RowSet& selection,
                       const std::vector<QRgb>& colors, std::span<const std::uint32_t> order = {});

/// The points of some rows, in the order given.
base::RowMatrix inOrder(const base::RowMatrix& points, std::span<const std::uint32_t> rows);
std::vector<QRgb> inOrder(const std::vector<QRgb>& colors, std::span<const std::uint32_t> rows);

/// The same points, with NaN for those that are not in the set.
base::RowMatrix onlyRows(const base::RowMatrix& points, const table::RowSet& rows);

}  // namespace embedscope::plots
