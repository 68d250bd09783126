// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPen>
#include <QPointF>

#include <span>

class QCPPainter;

namespace embedscope::plots {

/// Draws a line through points with the pen's color, width and dashes; points that are not finite
/// leave a gap.
///
/// Segment by segment, dashes cut by hand: Qt's stroker takes 20 µs for each joint of an
/// antialiased line wider than a pixel, 30 times as long. Vector formats get true polylines.
void drawPolyline(QCPPainter& painter, std::span<const QPointF> points, const QPen& pen);

}  // namespace embedscope::plots
