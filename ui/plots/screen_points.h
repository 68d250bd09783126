// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include <functional>
#include <optional>

namespace embedscope::plots {

/// Where the rows of a point cloud are on the screen, for whatever points at them. In logical
/// pixels of the widget.
class ScreenPoints {
 public:
  using Visit = std::function<void(qint64 row, QPointF pixel)>;

  virtual ~ScreenPoints() = default;

  /// Rows there are, whether they have a place or not.
  virtual qint64 count() const = 0;

  /// Nothing when the row does not exist or is not drawn.
  virtual std::optional<QPointF> pixelOf(qint64 row) const = 0;

  /// Calls `visit` for every row inside a rectangle, in any order. What is not in the part of the
  /// cloud that is shown is left out.
  virtual void forEachIn(const QRectF& pixels, const Visit& visit) const = 0;
};

}  // namespace embedscope::plots
