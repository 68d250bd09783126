// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_layer.h"
#include "ui/plots/point_overlays.h"

namespace embedscope::plots {

/// Draws the image of every single mark over it, framed in the color of the mark, where few points
/// are shown; nothing where many are.
void paintPointImages(QCPPainter& painter, const PointLayer& layer, const ImageProvider& imageOf,
                      const Theme& theme);

/// Draws the image of a row at a pixel, as a card below it.
void paintImageCard(QCPPainter& painter, const QImage& image, QPointF anchor, const QRectF& bounds,
                    const Theme& theme);

}  // namespace embedscope::plots
