// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Rows sorted into square-ish cells of the plane, to find the few near a place.
class PointGrid {
 public:
  PointGrid() = default;

  /// @param xy      n × 2, row by row; rows that are not finite are left out.
  /// @param bounds  around all finite points. Cost O(n).
  PointGrid(std::span<const float> xy, const QRectF& bounds);

  bool isEmpty() const { return m_rows.empty(); }

  /// Calls `visit(row)` for every row in the cells that touch the rectangle: all rows inside it and
  /// some around. Rows of a cell come in rising order.
  template <class Visit>
  void forEachNear(const QRectF& plane, Visit visit) const {
    if (isEmpty()) {
      return;
    }
    const int left = columnOf(plane.left());
    const int right = columnOf(plane.right());
    const int bottom = lineOf(plane.bottom());
    for (int line = lineOf(plane.top()); line <= bottom; ++line) {
      const auto first = static_cast<std::size_t>(line) * static_cast<std::size_t>(m_columns);
      const std::uint32_t from = m_starts[first + static_cast<std::size_t>(left)];
      const std::uint32_t to = m_starts[first + static_cast<std::size_t>(right) + 1];
      for (std::uint32_t i = from; i < to; ++i) {
        visit(static_cast<std::int64_t>(m_rows[i]));
      }
    }
  }

  /// Upper bound of the number of rows inside the rectangle: those of the cells it touches.
  std::int64_t countNear(const QRectF& plane) const;

 private:
  int columnOf(double x) const;
  int lineOf(double y) const;

  QRectF m_bounds;
  int m_columns = 0;
  int m_lines = 0;
  std::vector<std::uint32_t> m_starts;  // of every cell in m_rows, and one past the end
  std::vector<std::uint32_t> m_rows;
};

}  // namespace embedscope::plots
