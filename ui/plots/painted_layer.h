// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <functional>

namespace embedscope::plots {

struct Theme;

/// Something a plot draws by a function, above everything else. What lies in front shares one
/// buffer (the layer "overlay" of the canvas): redrawing it does not redraw what lies below. Owned
/// by the canvas; later ones are drawn above earlier ones.
class PaintedLayer : public QCPLayerable {
 public:
  using Paint = std::function<void(QCPPainter&)>;

  PaintedLayer(QCustomPlot& canvas, Paint paint);

  /// Redraws the overlay alone.
  void redraw();

 protected:
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
  void draw(QCPPainter* painter) override;

 private:
  Paint m_paint;
};

/// True while a picture is exported rather than shown: no focus frame, no hover card.
bool isExport(const QCPPainter& painter);

/// A card with text, kept inside `bounds`, above and right of `anchor` if there is room.
void paintCard(QPainter& painter, const QString& text, QPointF anchor, const QRectF& bounds,
               const Theme& theme);

}  // namespace embedscope::plots
