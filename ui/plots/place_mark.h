// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QString>

namespace embedscope::plots {

/// A place in a point cloud that is no row, such as the sum of two.
struct PlaceMark {
  QPointF place;  ///< in the units of the axes
  QString text;
  double z = 0;  ///< where the cloud has a third coordinate

  bool operator==(const PlaceMark&) const = default;
};

}  // namespace embedscope::plots
