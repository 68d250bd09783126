// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/palette.h"

#include <QPainter>

namespace embedscope::plots {

/// Draws one mark with the painter's pen and brush; shapes of one radius cover about equal areas.
void paintMark(QPainter& painter, MarkShape shape, QPointF center, double radius);

}  // namespace embedscope::plots
