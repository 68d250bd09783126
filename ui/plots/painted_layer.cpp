// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/painted_layer.h"

#include "ui/plots/theme.h"

#include <algorithm>

namespace embedscope::plots {

PaintedLayer::PaintedLayer(QCustomPlot& canvas, Paint paint)
    : QCPLayerable(&canvas, QStringLiteral("overlay")), m_paint(std::move(paint)) {}

void PaintedLayer::redraw() {
  layer()->replot();
}

void PaintedLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const {
  painter->setAntialiasing(true);
}

void PaintedLayer::draw(QCPPainter* painter) {
  m_paint(*painter);
}

bool isExport(const QCPPainter& painter) {
  return painter.modes().testFlag(QCPPainter::pmNoCaching);
}

void paintCard(QPainter& painter, const QString& text, QPointF anchor, const QRectF& bounds,
               const Theme& theme) {
  constexpr double kPadding = 8;
  constexpr double kGap = 12;
  const QRectF words = painter.fontMetrics().boundingRect(
      bounds.adjusted(kPadding, kPadding, -kPadding, -kPadding).toRect(),
      Qt::AlignLeft | Qt::TextWordWrap, text);
  QRectF card(0, 0, words.width() + 2 * kPadding + 1, words.height() + kPadding);
  card.moveBottomLeft(anchor + QPointF(kGap, -kGap));
  if (card.right() > bounds.right()) {
    card.moveRight(anchor.x() - kGap);
  }
  if (card.top() < bounds.top()) {
    card.moveTop(anchor.y() + kGap);
  }
  card.moveLeft(std::max(card.left(), bounds.left()));
  painter.setPen(QPen(theme.border, 1));
  painter.setBrush(theme.isDark ? mixed(theme.base, theme.text, 0.1) : theme.base);
  painter.drawRoundedRect(card.translated(0.5, 0.5), 4, 4);
  painter.setPen(theme.text);
  painter.drawText(card.adjusted(kPadding, kPadding / 2, -kPadding + 1, -kPadding / 2),
                   Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text);
}

}  // namespace embedscope::plots
