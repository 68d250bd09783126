// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/row_set.h"

#include <QRgb>

#include <vector>

namespace embedscope::plots {

/// The points of a cloud in two lots, each side by side in memory, so that either can be drawn by
/// itself. Both keep the order of the rows.
struct PointSplit {
  base::RowMatrix selected;
  std::vector<QRgb> selectedColors;  ///< of the selected ones, if all points have colors
  base::RowMatrix others;
};

/// @param points  n × 2 or n × 3.
/// @param colors  of every point, or fewer: then none.
/// Cost O(n).
PointSplit splitPoints(const base::RowMatrix& points, const table::RowSet& selection,
                       const std::vector<QRgb>& colors);

/// The same points, with NaN for those that are not in the set.
base::RowMatrix onlyRows(const base::RowMatrix& points, const table::RowSet& rows);

}  // namespace embedscope::plots
