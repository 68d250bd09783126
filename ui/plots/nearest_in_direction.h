// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/screen_points.h"

namespace embedscope::plots {

enum class Direction { Left, Right, Up, Down };

/// The row nearest to a place on the screen in the quarter of the plane that a direction means (up
/// to 45° beside it), among those that are shown; −1 when there is none. Of equally near ones the
/// smallest. Cost: the points around, in growing squares until one is found.
qint64 nearestInDirection(const ScreenPoints& points, QPointF from, Direction direction,
                          const QRectF& shown);

/// The same in all directions.
qint64 nearestTo(const ScreenPoints& points, QPointF place, const QRectF& shown);

}  // namespace embedscope::plots
