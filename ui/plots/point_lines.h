// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/point_layer.h"
#include "ui/plots/point_overlays.h"

#include <optional>

namespace embedscope::plots {

/// Draws lines through points, the one through the selected row above the others and stronger. Of
/// more than kMostLineParts parts only that one. Rows that are not drawn part a line.
void paintPointLines(QCPPainter& painter, const PointLayer& layer, const PointLines& lines,
                     std::optional<qint64> selected, const Theme& theme);

}  // namespace embedscope::plots
