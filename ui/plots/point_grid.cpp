// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_grid.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kPointsPerCell = 4;
constexpr double kMostCellsPerSide = 1024;

}  // namespace

PointGrid::PointGrid(std::span<const float> xy, const QRectF& bounds) : m_bounds(bounds) {
  const std::size_t count = xy.size() / 2;
  const double side = std::sqrt(static_cast<double>(count) / kPointsPerCell);
  m_columns = m_lines = static_cast<int>(std::clamp(side, 1.0, kMostCellsPerSide));
  const auto cells = static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_lines);
  m_starts.assign(cells + 1, 0);
  const auto cellOf = [&](std::size_t point) {
    const auto line = static_cast<std::size_t>(lineOf(static_cast<double>(xy[2 * point + 1])));
    return line * static_cast<std::size_t>(m_columns) +
           static_cast<std::size_t>(columnOf(static_cast<double>(xy[2 * point])));
  };
  const auto isFinite = [&](std::size_t point) {
    return std::isfinite(xy[2 * point]) && std::isfinite(xy[2 * point + 1]);
  };
  // A counting sort: sizes, then starts, then rows.
  for (std::size_t point = 0; point < count; ++point) {
    if (isFinite(point)) {
      ++m_starts[cellOf(point) + 1];
    }
  }
  for (std::size_t cell = 0; cell < cells; ++cell) {
    m_starts[cell + 1] += m_starts[cell];
  }
  m_rows.resize(m_starts.back());
  std::vector<std::uint32_t> next(m_starts.begin(), m_starts.end() - 1);
  for (std::size_t point = 0; point < count; ++point) {
    if (isFinite(point)) {
      m_rows[next[cellOf(point)]++] = static_cast<std::uint32_t>(point);
    }
  }
}

int PointGrid::columnOf(double x) const {
  const double part = (x - m_bounds.left()) / std::max(m_bounds.width(), 1e-300);
  return static_cast<int>(std::clamp(part * m_columns, 0.0, m_columns - 1.0));
}

int PointGrid::lineOf(double y) const {
  const double part = (y - m_bounds.top()) / std::max(m_bounds.height(), 1e-300);
  return static_cast<int>(std::clamp(part * m_lines, 0.0, m_lines - 1.0));
}

std::int64_t PointGrid::countNear(const QRectF& plane) const {
  std::int64_t count = 0;
  if (isEmpty()) {
    return count;
  }
  const auto left = static_cast<std::size_t>(columnOf(plane.left()));
  const auto right = static_cast<std::size_t>(columnOf(plane.right()));
  const int bottom = lineOf(plane.bottom());
  for (int line = lineOf(plane.top()); line <= bottom; ++line) {
    const auto first = static_cast<std::size_t>(line) * static_cast<std::size_t>(m_columns);
    count += m_starts[first + right + 1] - m_starts[first + left];
  }
  return count;
}

}  // namespace embedscope::plots
