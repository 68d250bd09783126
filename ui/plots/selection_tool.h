// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/row_set.h"
#include "ui/plots/screen_points.h"

#include <QPainter>

namespace embedscope::plots {

/// A way to point out many rows of a cloud at once: something is drawn with the pointer, and the
/// rows within are meant.
class SelectionTool {
 public:
  virtual ~SelectionTool() = default;

  /// The pointer goes down: what was drawn before is forgotten.
  virtual void begin(QPointF pixel) = 0;

  virtual void extend(QPointF pixel) = 0;

  /// Finds the rows within what is drawn so far.
  ///
  /// @param rows  of points.count() rows; empty at first, then what the last call since `begin`
  ///              left there.
  virtual void collect(const ScreenPoints& points, table::RowSet& rows) = 0;

  /// What is drawn so far. Pen and brush are set: a thin line and a faint ground.
  virtual void paint(QPainter& painter) const = 0;

  /// What goes with the pointer between two drawings.
  virtual void paintPointer(QPainter& /*painter*/, QPointF /*pixel*/) const {}

  /// Makes the tool larger, or smaller with negative steps. False: it has no size.
  virtual bool resize(int /*steps*/) { return false; }

  /// True when a click without a move means one point rather than what the tool draws.
  virtual bool clickMeansPoint() const { return true; }
};

}  // namespace embedscope::plots
