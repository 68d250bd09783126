// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/difference_painting.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kPointSize = 8;
constexpr double kCapSize = 5;
constexpr int kMarkAlpha = 34;
constexpr double kWordGap = 8;

}  // namespace

void paintMark(QCPPainter& painter, QCustomPlot& canvas, const MarkedPlace& mark, const QFont& font,
               const Theme& theme) {
  if (!canvas.xAxis->range().contains(mark.x)) {
    return;
  }
  const QRectF box = canvas.axisRect()->rect();
  const QFontMetricsF metrics(font);
  const auto clamped = [&](double x) {
    return std::clamp(canvas.xAxis->coordToPixel(x), box.left(), box.right());
  };
  /// Where words centered at x lie, inside the box.
  const auto place = [&](double x, const QString& words) {
    const double width = metrics.horizontalAdvance(words);
    const double left =
        std::clamp(x - width / 2, box.left(), std::max(box.left(), box.right() - width));
    return QRectF(left, box.top() - metrics.height() - 3, width, metrics.height());
  };
  const double x = std::round(clamped(mark.x)) + 0.5;
  const QRectF words = place(x, mark.text);
  painter.setFont(font);
  painter.setPen(mixed(theme.selection, theme.text, 0.25));
  painter.drawText(words, Qt::AlignCenter, mark.text);
  if (mark.lower || mark.upper) {
    const double left = mark.lower ? clamped(*mark.lower) : box.left();
    const double right = mark.upper ? clamped(*mark.upper) : box.right();
    QColor fill = theme.selection;
    fill.setAlpha(kMarkAlpha);
    painter.fillRect(QRectF(left, box.top(), right - left, box.height()), fill);
    const QRectF others = place((left + right) / 2, mark.intervalText);
    if (!others.adjusted(-kWordGap, 0, kWordGap, 0).intersects(words)) {
      painter.drawText(others, Qt::AlignCenter, mark.intervalText);
    }
  }
  painter.setPen(QPen(theme.selection, 1.4));
  painter.drawLine(QLineF(x, box.top(), x, box.bottom()));
}

void paintSides(QCPPainter& painter, QCustomPlot& canvas, const QString& above,
                const QString& below, const QFont& font, const Theme& theme) {
  const QRectF box = QRectF(canvas.axisRect()->rect()).adjusted(8, 4, -8, -4);
  const double zero = canvas.yAxis->coordToPixel(0);
  const double height = QFontMetricsF(font).height();
  painter.setFont(font);
  painter.setPen(theme.mutedText);
  if (!above.isEmpty() && zero - box.top() > height) {
    painter.drawText(box, Qt::AlignLeft | Qt::AlignTop, QStringLiteral("↑ ") + above);
  }
  if (!below.isEmpty() && box.bottom() - zero > height) {
    painter.drawText(box, Qt::AlignLeft | Qt::AlignBottom, QStringLiteral("↓ ") + below);
  }
}

void paintPoints(QCPPainter& painter, QCustomPlot& canvas, std::span<const DifferencePoint> points,
                 const Theme& theme) {
  for (const DifferencePoint& point : points) {
    if (!std::isfinite(point.mean)) {
      continue;
    }
    const QPointF center(canvas.xAxis->coordToPixel(point.x),
                         canvas.yAxis->coordToPixel(point.mean));
    painter.setPen(QPen(theme.accent, 1.4));
    if (std::isfinite(point.lower) && std::isfinite(point.upper)) {
      const double low = canvas.yAxis->coordToPixel(point.lower);
      const double high = canvas.yAxis->coordToPixel(point.upper);
      painter.drawLine(QLineF(center.x(), low, center.x(), high));
      for (const double y : {low, high}) {
        painter.drawLine(QLineF(center.x() - kCapSize, y, center.x() + kCapSize, y));
      }
    }
    painter.setBrush(point.isBeyondNoise() ? theme.accent : theme.base);
    painter.drawEllipse(center, kPointSize / 2, kPointSize / 2);
  }
  painter.setBrush(Qt::NoBrush);
}

}  // namespace embedscope::plots
