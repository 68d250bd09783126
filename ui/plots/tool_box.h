// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/set_operation.h"
#include "ui/plots/brush_tool.h"
#include "ui/plots/lasso_tool.h"
#include "ui/plots/rectangle_tool.h"
#include "ui/plots/theme.h"
#include "ui/plots/tool_kind.h"

#include <optional>

namespace embedscope::plots {

/// The selection tools of a point cloud: the one in hand, and the drawing under way with it.
class ToolBox {
 public:
  /// Rows that were pointed out, and what is to happen with them.
  struct Picked {
    table::RowSet rows;
    table::SetOperation operation = table::SetOperation::Replace;
    bool isClick = false;  ///< the pointer did not move: one point is meant rather than rows
  };

  ToolKind kind() const { return m_kind; }

  /// What is being drawn is dropped.
  void take(ToolKind kind);

  bool isDrawing() const { return m_drawing; }

  void press(QPointF pixel, const ScreenPoints& points);

  /// The pointer moved, with the tool down or up.
  void move(QPointF pixel, Qt::KeyboardModifiers modifiers, const ScreenPoints& points);

  /// Another modifier is held while drawing.
  void setModifiers(Qt::KeyboardModifiers modifiers);

  std::optional<Picked> release(QPointF pixel, Qt::KeyboardModifiers modifiers,
                                const ScreenPoints& points);

  /// Drops what is being drawn.
  void cancel();

  /// The pointer is elsewhere.
  void leave() { m_pointer.reset(); }

  /// False when the tool in hand has no size, or is in use.
  bool resize(int steps);

  /// What is drawn, and how many rows lie in it.
  void paint(QPainter& painter, const QRectF& bounds, const Theme& theme) const;

 private:
  SelectionTool* tool();

  const SelectionTool* tool() const { return const_cast<ToolBox*>(this)->tool(); }  // NOLINT

  QString countText() const;

  ToolKind m_kind = ToolKind::Choose;
  RectangleTool m_rectangle;
  LassoTool m_lasso;
  BrushTool m_brush;
  bool m_drawing = false;
  bool m_moved = false;
  QPointF m_pressed;
  std::optional<QPointF> m_pointer;
  table::SetOperation m_operation = table::SetOperation::Replace;
  table::RowSet m_rows;
};

}  // namespace embedscope::plots
