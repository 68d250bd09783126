// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/brush_tool.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kLeastRadius = 4;  // pixels
constexpr double kLargestRadius = 250;
constexpr double kResizeStep = 1.25;
constexpr double kStrokeStep = 0.2;  // radii between two places of a stroke

double squared(QPointF way) {
  return QPointF::dotProduct(way, way);
}

/// The square of the distance of a point from the line between two others.
double squaredDistance(QPointF point, QPointF from, QPointF to) {
  const QPointF along = to - from;
  const double length = squared(along);
  const double part =
      length > 0 ? std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0) : 0;
  return squared(point - (from + part * along));
}

}  // namespace

void BrushTool::begin(QPointF pixel) {
  m_stroke = {pixel};
  m_collected = 0;
}

void BrushTool::extend(QPointF pixel) {
  if (squared(pixel - m_stroke.back()) >= squared({kStrokeStep * m_radius, 0})) {
    m_stroke.push_back(pixel);
  }
}

void BrushTool::collect(const ScreenPoints& points, table::RowSet& rows) {
  for (; m_collected < m_stroke.size(); ++m_collected) {
    const QPointF to = m_stroke[m_collected];
    const QPointF from = m_collected > 0 ? m_stroke[m_collected - 1] : to;
    const QRectF around =
        QRectF(from, to).normalized().adjusted(-m_radius, -m_radius, m_radius, m_radius);
    points.forEachIn(around, [&](qint64 row, QPointF pixel) {
      if (squaredDistance(pixel, from, to) <= m_radius * m_radius) {
        rows.insert(row);
      }
    });
  }
}

void BrushTool::paint(QPainter& painter) const {
  const QPen outline = painter.pen();
  painter.setPen(QPen(painter.brush(), 2 * m_radius, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  // A line without a length has no caps.
  const QPointF speck(0.01, 0);
  std::vector<QPointF> line = m_stroke;
  line.push_back(m_stroke.back() + speck);
  painter.drawPolyline(line.data(), static_cast<int>(line.size()));
  painter.setPen(outline);
  paintPointer(painter, m_stroke.back());
}

void BrushTool::paintPointer(QPainter& painter, QPointF pixel) const {
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(pixel, m_radius, m_radius);
}

bool BrushTool::resize(int steps) {
  m_radius = std::clamp(m_radius * std::pow(kResizeStep, steps), kLeastRadius, kLargestRadius);
  return true;
}

}  // namespace embedscope::plots
