// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/nearest_in_direction.h"
#include "ui/plots/tool_box.h"

#include <functional>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace embedscope::plots {

class PointCloudPlot;

/// How many points of a cloud are pointed out: it takes the events that mean this and tells them
/// by the signals of the plot; everything else stays with the plot.
class PointPicker {
 public:
  /// @param points  of the plot. @param redraw  of what lies above them.
  PointPicker(PointCloudPlot& plot, const ScreenPoints& points, std::function<void()> redraw)
      : m_plot(plot), m_points(points), m_redraw(std::move(redraw)) {}

  ToolKind tool() const { return m_tools.kind(); }

  /// Takes a tool in hand and tells when it is another one.
  void take(ToolKind tool);

  // Each returns true when the event was one for the tools or the selection.

  bool press(const QMouseEvent& event);
  bool move(const QMouseEvent& event);
  bool release(const QMouseEvent& event);
  bool wheel(const QWheelEvent& event);
  bool pressKey(const QKeyEvent& event);
  bool releaseKey(const QKeyEvent& event);

  /// A click without a drag while no tool is in hand. @param row  −1: on empty ground.
  bool click(qint64 row, Qt::KeyboardModifiers modifiers);

  /// The pointer left the plot.
  void leave();

  void paint(QPainter& painter, const QRectF& bounds, const Theme& theme) const {
    m_tools.paint(painter, bounds, theme);
  }

 private:
  bool takeToolKey(const QKeyEvent& event);
  bool takePointKey(const QKeyEvent& event);
  void walk(Direction direction);
  bool escape();
  void pick(qint64 row, table::SetOperation operation);
  bool resize(int steps);

  PointCloudPlot& m_plot;
  const ScreenPoints& m_points;
  std::function<void()> m_redraw;
  ToolBox m_tools;
};

}  // namespace embedscope::plots
