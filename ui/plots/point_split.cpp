// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_split.h"

#include <algorithm>
#include <limits>

namespace embedscope::plots {

PointSplit splitPoints(const base::RowMatrix& points, const table::RowSet& selection,
                       const std::vector<QRgb>& colors, std::span<const std::uint32_t> order) {
  const bool isColored = std::ssize(colors) >= points.rows();
  PointSplit split;
  split.selected.resize(selection.count(), points.cols());
  split.others.resize(points.rows() - selection.count(), points.cols());
  split.selectedColors.reserve(isColored ? static_cast<std::size_t>(selection.count()) : 0);
  const Eigen::Index columns = points.cols();
  float* selected = split.selected.data();
  float* other = split.others.data();
  for (Eigen::Index place = 0; place < points.rows(); ++place) {
    const Eigen::Index row = order.empty() ? place : order[static_cast<std::size_t>(place)];
    const float* point = points.data() + row * columns;
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

base::RowMatrix inOrder(const base::RowMatrix& points, std::span<const std::uint32_t> rows) {
  base::RowMatrix out(static_cast<Eigen::Index>(rows.size()), points.cols());
  float* to = out.data();
  for (const std::uint32_t row : rows) {
    to = std::copy_n(points.data() + static_cast<Eigen::Index>(row) * points.cols(), points.cols(),
                     to);
  }
  return out;
}

std::vector<QRgb> inOrder(const std::vector<QRgb>& colors, std::span<const std::uint32_t> rows) {
  std::vector<QRgb> out(rows.size());
  std::ranges::transform(rows, out.begin(), [&](std::uint32_t row) { return colors[row]; });
  return out;
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
