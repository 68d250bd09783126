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
  bool contains(QPointF point) const;

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
