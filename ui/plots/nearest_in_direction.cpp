// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/nearest_in_direction.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kFirstReach = 8;  // pixels

/// How far a way leads in a direction, and how far beside it.
QPointF turned(QPointF way, Direction direction) {
  switch (direction) {
    case Direction::Left:
      return {-way.x(), way.y()};
    case Direction::Right:
      return way;
    case Direction::Up:
      return {-way.y(), way.x()};
    case Direction::Down:
      return {way.y(), way.x()};
  }
  return way;
}

/// The nearest row whose way from a place is accepted.
template <class Accepts>
qint64 nearestWhere(const ScreenPoints& points, QPointF from, const QRectF& shown,
                    Accepts accepts) {
  const double farthest = std::max({std::abs(shown.left() - from.x()), shown.right() - from.x(),
                                    std::abs(shown.top() - from.y()), shown.bottom() - from.y()});
  qint64 best = -1;
  for (double reach = kFirstReach; best < 0 && reach < 4 * farthest; reach *= 2) {
    // Nothing beyond the circle in the square counts: a nearer one may lie outside the square.
    double bestSquare = reach * reach;
    const QRectF around(from - QPointF(reach, reach), from + QPointF(reach, reach));
    points.forEachIn(around, [&](qint64 row, QPointF pixel) {
      const QPointF way = pixel - from;
      const double square = QPointF::dotProduct(way, way);
      if (accepts(way) &&
          (square < bestSquare || (square == bestSquare && (best < 0 || row < best)))) {
        bestSquare = square;
        best = row;
      }
    });
  }
  return best;
}

}  // namespace

qint64 nearestInDirection(const ScreenPoints& points, QPointF from, Direction direction,
                          const QRectF& shown) {
  return nearestWhere(points, from, shown, [direction](QPointF pixels) {
    const QPointF way = turned(pixels, direction);
    return way.x() > 0 && std::abs(way.y()) <= way.x();
  });
}

qint64 nearestTo(const ScreenPoints& points, QPointF place, const QRectF& shown) {
  return nearestWhere(points, place, shown, [](QPointF) { return true; });
}

}  // namespace embedscope::plots
