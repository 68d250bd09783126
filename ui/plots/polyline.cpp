// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/polyline.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

bool isFinite(const QPointF& point) {
  return std::isfinite(point.x()) && std::isfinite(point.y());
}

/// Cuts a line into the dashes of a pen.
class Dashes {
 public:
  explicit Dashes(const QPen& pen) : m_left(0) {
    for (const qreal length : pen.dashPattern()) {
      m_lengths.push_back(length * std::max(1.0, pen.widthF()));
    }
    m_left = m_lengths.front();
  }

  void draw(QCPPainter& painter, const QPointF& from, const QPointF& to) {
    const double length = QLineF(from, to).length();
    for (double done = 0; done < length;) {
      const double part = std::min(m_left, length - done);
      if (m_index % 2 == 0) {
        painter.drawLine(QLineF(from + (to - from) * (done / length),
                                from + (to - from) * ((done + part) / length)));
      }
      done += part;
      m_left -= part;
      if (m_left <= 0) {
        m_index = (m_index + 1) % m_lengths.size();
        m_left = m_lengths[m_index];
      }
    }
  }

 private:
  std::vector<double> m_lengths;
  std::size_t m_index = 0;
  double m_left;
};

/// One run of finite points.
void drawRun(QCPPainter& painter, std::span<const QPointF> points, const QPen& pen) {
  if (painter.modes().testFlag(QCPPainter::pmVectorized)) {
    painter.setPen(pen);
    painter.drawPolyline(points.data(), static_cast<int>(points.size()));
    return;
  }
  QPen plain(pen.color(), pen.widthF());
  const bool isSolid = pen.style() == Qt::SolidLine;
  plain.setCapStyle(isSolid ? Qt::SquareCap : Qt::FlatCap);  // square caps fill the joints
  painter.setPen(plain);
  if (isSolid) {
    for (std::size_t i = 1; i < points.size(); ++i) {
      painter.drawLine(QLineF(points[i - 1], points[i]));
    }
    return;
  }
  Dashes dashes(pen);
  for (std::size_t i = 1; i < points.size(); ++i) {
    dashes.draw(painter, points[i - 1], points[i]);
  }
}

}  // namespace

void drawPolyline(QCPPainter& painter, std::span<const QPointF> points, const QPen& pen) {
  while (!points.empty()) {
    const auto end = std::ranges::find_if_not(points, isFinite);
    const auto count = static_cast<std::size_t>(end - points.begin());
    if (count > 1) {
      drawRun(painter, points.first(count), pen);
    }
    points = points.subspan(std::min(count + 1, points.size()));
  }
}

}  // namespace embedscope::plots
