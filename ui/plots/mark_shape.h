// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/palette.h"
#include "ui/plots/theme.h"

#include <QPainter>

namespace embedscope::plots {

/// Draws one mark with the painter's pen and brush; shapes of one radius cover about equal areas.
void paintMark(QPainter& painter, MarkShape shape, QPointF center, double radius);

/// The outline of a mark: the color of the ground, which keeps marks apart that overlap; around
/// colors that can hardly be told from the ground a shade that can.
QColor markEdge(const QColor& fill, const Theme& theme);

}  // namespace embedscope::plots
