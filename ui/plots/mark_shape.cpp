// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/mark_shape.h"

#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace embedscope::plots {

namespace {

constexpr double kPaleContrast = 1.9;  // with the ground; below, a mark needs an outline
constexpr double kEdgeInk = 0.6;       // part of the text color in that outline

/// Corners on a circle, the first one on top; every second one at `inner` of the radius.
QPolygonF ring(QPointF center, double radius, int corners, double inner) {
  QPolygonF polygon;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * i / corners;
    const double reach = i % 2 == 0 ? radius : radius * inner;
    polygon << center + QPointF(std::sin(angle) * reach, -std::cos(angle) * reach);
  }
  return polygon;
}

QPolygonF cross(QPointF center, double radius) {
  const double a = radius;
  const double b = radius * 0.38;
  QPolygonF polygon;
  for (const auto& [x, y] : {std::pair(-b, -a),
                             {b, -a},
                             {b, -b},
                             {a, -b},
                             {a, b},
                             {b, b},
                             {b, a},
                             {-b, a},
                             {-b, b},
                             {-a, b},
                             {-a, -b},
                             {-b, -b}}) {
    polygon << center + QPointF(x, y);
  }
  return polygon;
}

}  // namespace

void paintMark(QPainter& painter, MarkShape shape, QPointF center, double radius) {
  switch (shape) {
    case MarkShape::Disc:
      painter.drawEllipse(center, radius, radius);
      return;
    case MarkShape::Square: {
      const double half = radius * 0.88;
      painter.drawRect(QRectF(center.x() - half, center.y() - half, 2 * half, 2 * half));
      return;
    }
    case MarkShape::Triangle:
      painter.drawPolygon(ring(center + QPointF(0, radius * 0.15), radius * 1.3, 3, 1));
      return;
    case MarkShape::Diamond:
      painter.drawPolygon(ring(center, radius * 1.25, 4, 1));
      return;
    case MarkShape::Cross:
      painter.drawPolygon(cross(center, radius * 1.15));
      return;
    case MarkShape::Star:
      painter.drawPolygon(ring(center, radius * 1.45, 10, 0.45));
      return;
  }
}

QColor markEdge(const QColor& fill, const Theme& theme) {
  return contrast(fill, theme.base) < kPaleContrast ? mixed(fill, theme.text, kEdgeInk)
                                                    : theme.base;
}

}  // namespace embedscope::plots
