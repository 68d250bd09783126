// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_layer.h"

#include "ui/plots/palette.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

PointLayer::PointLayer(QCPAxis* x, QCPAxis* y) : QCPAbstractPlottable(x, y) {}

void PointLayer::setPoints(std::shared_ptr<const base::RowMatrix> points) {
  m_points = std::move(points);
  double low[2] = {0, 0};
  double high[2] = {0, 0};
  bool any = false;
  for (qint64 row = 0; row < count(); ++row) {
    if (const auto point = pointOf(row)) {
      const double xy[2] = {point->x(), point->y()};
      for (int axis = 0; axis < 2; ++axis) {
        low[axis] = any ? std::min(low[axis], xy[axis]) : xy[axis];
        high[axis] = any ? std::max(high[axis], xy[axis]) : xy[axis];
      }
      any = true;
    }
  }
  // A null rectangle means no points, so a lone point gets a tiny one.
  const double tiny = 1e-9;
  m_bounds =
      any ? QRectF(QPointF(low[0], low[1]), QPointF(high[0] + tiny, high[1] + tiny)) : QRectF();
}

std::optional<QPointF> PointLayer::pointOf(qint64 row) const {
  if (row < 0 || row >= count()) {
    return std::nullopt;
  }
  const float x = (*m_points)(row, 0);
  const float y = (*m_points)(row, 1);
  if (!std::isfinite(x) || !std::isfinite(y)) {
    return std::nullopt;
  }
  return QPointF(static_cast<double>(x), static_cast<double>(y));
}

qint64 PointLayer::nearest(QPointF pixel, double reach, const PlaneView& view) const {
  qint64 best = -1;
  double bestDistance = reach * reach;
  for (qint64 row = 0; row < count(); ++row) {
    if (const auto point = pointOf(row)) {
      const QPointF way = view.toPixel(*point) - pixel;
      const double distance = QPointF::dotProduct(way, way);
      if (distance <= bestDistance) {
        bestDistance = distance;
        best = row;
      }
    }
  }
  return best;
}

double PointLayer::selectTest(const QPointF& /*pos*/, bool /*onlySelectable*/,
                              QVariant* /*details*/) const {
  return -1;
}

QCPRange PointLayer::getKeyRange(bool& found, QCP::SignDomain /*domain*/) const {
  found = false;
  return {};
}

QCPRange PointLayer::getValueRange(bool& found, QCP::SignDomain /*domain*/,
                                   const QCPRange& /*keys*/) const {
  found = false;
  return {};
}

QColor PointLayer::colorOf(qint64 row) const {
  const auto index = static_cast<std::size_t>(row);
  if (index < colors.size()) {
    return QColor::fromRgb(colors[index]);
  }
  return index < categories.size() ? categoryColor(categories[index], theme.isDark) : theme.accent;
}

std::vector<qint64> PointLayer::visibleRows(std::size_t limit) const {
  std::vector<qint64> rows;
  const QCPRange x = keyAxis()->range();
  const QCPRange y = valueAxis()->range();
  for (qint64 row = 0; row < count(); ++row) {
    const double px = static_cast<double>((*m_points)(row, 0));
    const double py = static_cast<double>((*m_points)(row, 1));
    if (px >= x.lower && px <= x.upper && py >= y.lower && py <= y.upper) {
      if (rows.size() == limit) {
        return {};
      }
      rows.push_back(row);
    }
  }
  return rows;
}

void PointLayer::draw(QCPPainter* painter) {
  painter->setAntialiasing(true);
  for (const qint64 row : visibleRows(static_cast<std::size_t>(count()))) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(colorOf(row));
    painter->drawEllipse(coordsToPixels(static_cast<double>((*m_points)(row, 0)),
                                        static_cast<double>((*m_points)(row, 1))),
                         3, 3);
  }
}

void PointLayer::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
  painter->setBrush(theme.accent);
  painter->drawEllipse(rect.center(), 3, 3);
}

}  // namespace embedscope::plots
