// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include <span>
#include <vector>

namespace embedscope::plots {

/// The inside of a closed line, for asking about very many points: everything that the line goes
/// around, also where it crosses itself (nonzero winding).
class LassoRegion {
 public:
  /// @param corners  the last one is joined with the first. Cost O(pixels within the bounds).
  explicit LassoRegion(std::span<const QPointF> corners);

  /// Around the line; empty when there are fewer than three corners.
  const QRectF& bounds() const { return m_bounds; }

  /// Exact. Cost: one look-up, except in pixels that the line runs through.
  bool contains(QPointF point) const {
    const double right = point.x() - m_bounds.left();
    const double down = point.y() - m_bounds.top();
    if (m_pixels.empty() || !(right >= 0 && right <= m_bounds.width()) ||
        !(down >= 0 && down <= m_bounds.height())) {
      return false;
    }
    const Pixel pixel =
        m_pixels[static_cast<std::size_t>(down) * m_columns + static_cast<std::size_t>(right)];
    return pixel == Pixel::Crossed ? isInside(point) : pixel == Pixel::Inside;
  }

 private:
  enum class Pixel : char { Outside, Inside, Crossed };

  struct Edge {
    QPointF from;
    QPointF to;
  };

  void addEdges(std::span<const QPointF> corners);
  void fillLine(std::size_t line);
  std::size_t lineOf(double y) const;
  std::size_t columnOf(double x) const;
  bool isInside(QPointF point) const;

  QRectF m_bounds;
  std::vector<std::vector<Edge>> m_lines;  ///< the edges that cross each row of pixels
  std::size_t m_columns = 0;
  std::vector<Pixel> m_pixels;  ///< from the upper left of the bounds, row by row
};

}  // namespace embedscope::plots
