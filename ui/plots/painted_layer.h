// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

#include <QString>

#include <functional>

namespace embedscope::plots {

struct Theme;

/// Something a plot draws by a function, on a layer with a buffer of its own: redrawing it does not
/// redraw what lies below. Owned by the canvas.
class PaintedLayer : public QCPLayerable {
 public:
  using Paint = std::function<void(QCPPainter&)>;

  /// Adds a buffered layer `name` on top of the others and paints on it.
  PaintedLayer(QCustomPlot& canvas, const QString& name, Paint paint);

  /// Redraws this layer alone, unless a replot of the whole plot is due anyway.
  void redraw();

 protected:
  void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
  void draw(QCPPainter* painter) override;

 private:
  Paint m_paint;
};

/// Adds a buffered layer on top of the others.
QCPLayer* addBufferedLayer(QCustomPlot& canvas, const QString& name);

/// True while a picture is exported rather than shown: no focus frame, no hover card.
bool isExport(const QCPPainter& painter);

/// A card with text, kept inside `bounds`, above and right of `anchor` if there is room.
void paintCard(QPainter& painter, const QString& text, QPointF anchor, const QRectF& bounds,
               const Theme& theme);

}  // namespace embedscope::plots
