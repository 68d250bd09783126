// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <qcustomplot.h>

namespace embedscope::plots {

class CurveSet;

/// Room to leave right of the axes for the names of the curves, at most a third of `width`.
int endLabelWidth(const CurveSet& curves, const QFont& font, int width);

/// Names every visible curve where it ends, or where it leaves the view; names do not overlap.
void paintEndLabels(QCPPainter& painter, QCustomPlot& canvas, const CurveSet& curves,
                    const QFont& font, const Theme& theme);

/// A vertical line at x; nothing for NaN or outside the view.
void paintMarker(QCPPainter& painter, QCustomPlot& canvas, double x, const Theme& theme);

/// A thin line at the pointer and a card with the numbers of all curves there.
void paintReadout(QCPPainter& painter, QCustomPlot& canvas, const CurveSet& curves, QPointF pointer,
                  const QFont& font, const Theme& theme);

/// A range of the axis moved by pixels, right for linear and logarithmic scales.
QCPRange movedRange(const QCPAxis& axis, const QCPRange& range, double pixels);

}  // namespace embedscope::plots
