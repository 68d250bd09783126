// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/lasso_region.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

LassoRegion::LassoRegion(std::span<const QPointF> corners) {
  if (corners.size() < 3) {
    return;
  }
  const auto [left, right] = std::ranges::minmax(corners, {}, &QPointF::x);
  const auto [top, bottom] = std::ranges::minmax(corners, {}, &QPointF::y);
  m_bounds = QRectF(QPointF(left.x(), top.y()), QPointF(right.x(), bottom.y()));
  m_lines.resize(static_cast<std::size_t>(std::floor(m_bounds.height())) + 1);
  m_columns = static_cast<std::size_t>(std::floor(m_bounds.width())) + 1;
  addEdges(corners);
  m_pixels.assign(m_lines.size() * m_columns, Pixel::Outside);
  for (std::size_t line = 0; line < m_lines.size(); ++line) {
    fillLine(line);
  }
}

void LassoRegion::addEdges(std::span<const QPointF> corners) {
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Edge edge{corners[i], corners[(i + 1) % corners.size()]};
    const std::size_t last = lineOf(std::max(edge.from.y(), edge.to.y()));
    for (std::size_t line = lineOf(std::min(edge.from.y(), edge.to.y())); line <= last; ++line) {
      m_lines[line].push_back(edge);
    }
  }
}

/// Between the pixels that an edge runs through, one pixel stands for all.
void LassoRegion::fillLine(std::size_t line) {
  Pixel* pixels = m_pixels.data() + line * m_columns;
  const double top = m_bounds.top() + static_cast<double>(line);
  for (const auto& [from, to] : m_lines[line]) {
    const double slope = to.y() != from.y() ? (to.x() - from.x()) / (to.y() - from.y()) : 0;
    const auto xAt = [&, from = from, to = to](double y) {
      return from.x() +
             slope *
                 (std::clamp(y, std::min(from.y(), to.y()), std::max(from.y(), to.y())) - from.y());
    };
    const bool isFlat = to.y() == from.y();
    const auto [least, greatest] =
        isFlat ? std::minmax({from.x(), to.x()}) : std::minmax({xAt(top), xAt(top + 1)});
    std::fill(pixels + columnOf(least), pixels + columnOf(greatest) + 1, Pixel::Crossed);
  }
  Pixel* const end = pixels + m_columns;
  for (Pixel* first = pixels; first != end;) {
    if (*first == Pixel::Crossed) {
      ++first;
      continue;
    }
    Pixel* const last = std::find(first, end, Pixel::Crossed);
    const QPointF middle(m_bounds.left() + static_cast<double>(first - pixels) + 0.5, top + 0.5);
    std::fill(first, last, isInside(middle) ? Pixel::Inside : Pixel::Outside);
    first = last;
  }
}

std::size_t LassoRegion::lineOf(double y) const {
  return std::min(static_cast<std::size_t>(std::max(0.0, y - m_bounds.top())), m_lines.size() - 1);
}

std::size_t LassoRegion::columnOf(double x) const {
  return std::min(static_cast<std::size_t>(std::max(0.0, x - m_bounds.left())), m_columns - 1);
}

bool LassoRegion::isInside(QPointF point) const {
  int winding = 0;
  for (const auto& [from, to] : m_lines[lineOf(point.y())]) {
    const bool rises = from.y() <= point.y();
    if (rises == (to.y() <= point.y())) {
      continue;  // it does not cross the height of the point
    }
    const double side =
        (to.x() - from.x()) * (point.y() - from.y()) - (point.x() - from.x()) * (to.y() - from.y());
    if (rises ? side > 0 : side < 0) {
      winding += rises ? 1 : -1;
    }
  }
  return winding != 0;
}

}  // namespace embedscope::plots
