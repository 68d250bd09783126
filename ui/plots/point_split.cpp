// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_split.h"

#include <algorithm>
#include <limits>

namespace embedscope::plots {

PointSplit splitPoints(const base::RowMatrix& points, const table::RowSet& selection,
                       const std::vector<QRgb>& colors) {
  const bool isColored = std::ssize(colors) >= points.rows();
  PointSplit split;
  split.selected.resize(selection.count(), points.cols());
  split.others.resize(points.rows() - selection.count(), points.cols());
  split.selectedColors.reserve(isColored ? static_cast<std::size_t>(selection.count()) : 0);
  const Eigen::Index columns = points.cols();
  const float* point = points.data();
  float* selected = split.selected.data();
  float* other = split.others.data();
  for (Eigen::Index row = 0; row < points.rows(); ++row, point += columns) {
    if (!selection.contains(row)) {
      other = std::copy_n(point, columns, other);
      continue;
    }
    selected = std::copy_n(point, columns, selected);
    if (isColored) {
      split.selectedColors.push_back(colors[static_cast<std::size_t>(row)]);
    }
  }
  return split;
}

base::RowMatrix onlyRows(const base::RowMatrix& points, const table::RowSet& rows) {
  base::RowMatrix only = points;
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    if (!rows.contains(row)) {
      only.row(row).setConstant(std::numeric_limits<float>::quiet_NaN());
    }
  }
  return only;
}

}  // namespace embedscope::plots
