// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/difference_plot.h"
#include "ui/plots/theme.h"

#include <qcustomplot.h>

#include <span>

namespace embedscope::plots {

/// The mark as a line with its words above, and its interval shaded over the whole height; where a
/// limit is not known the shade reaches to the edge. Nothing outside the view.
void paintMark(QCPPainter& painter, QCustomPlot& canvas, const MarkedPlace& mark, const QFont& font,
               const Theme& theme);

/// What lying above and below zero means, in the corners on the left where there is room.
void paintSides(QCPPainter& painter, QCustomPlot& canvas, const QString& above,
                const QString& below, const QFont& font, const Theme& theme);

/// Means with the bars of their intervals; filled where the interval does not reach zero.
void paintPoints(QCPPainter& painter, QCustomPlot& canvas, std::span<const DifferencePoint> points,
                 const Theme& theme);

}  // namespace embedscope::plots
