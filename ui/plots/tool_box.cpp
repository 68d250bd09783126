// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/tool_box.h"

#include "ui/plots/selection_keys.h"

#include "core/base/text.h"
#include "ui/plots/painted_layer.h"

#include <QObject>

#include <utility>

namespace embedscope::plots {

namespace {

constexpr double kDragThreshold = 4;  // pixels
constexpr float kGround = 0.10F;      // opacity of what is drawn over

}  // namespace

SelectionTool* ToolBox::tool() {
  switch (m_kind) {
    case ToolKind::Choose:
      return nullptr;
    case ToolKind::Rectangle:
      return &m_rectangle;
    case ToolKind::Lasso:
      return &m_lasso;
    case ToolKind::Brush:
      return &m_brush;
  }
  return nullptr;
}

void ToolBox::take(ToolKind kind) {
  cancel();
  m_kind = kind;
}

void ToolBox::press(QPointF pixel, const ScreenPoints& points) {
  m_drawing = true;
  m_moved = false;
  m_pressed = pixel;
  m_pointer = pixel;
  m_rows = table::RowSet(points.count());
  tool()->begin(pixel);
}

void ToolBox::move(QPointF pixel, Qt::KeyboardModifiers modifiers, const ScreenPoints& points) {
  m_pointer = pixel;
  if (m_drawing) {
    m_operation = operationOf(modifiers);
    m_moved = m_moved || (pixel - m_pressed).manhattanLength() >= kDragThreshold;
    tool()->extend(pixel);
    tool()->collect(points, m_rows);
  }
}

void ToolBox::setModifiers(Qt::KeyboardModifiers modifiers) {
  m_operation = operationOf(modifiers);
}

std::optional<ToolBox::Picked> ToolBox::release(QPointF pixel, Qt::KeyboardModifiers modifiers,
                                                const ScreenPoints& points) {
  if (!m_drawing) {
    return std::nullopt;
  }
  move(pixel, modifiers, points);
  m_drawing = false;
  return Picked{std::exchange(m_rows, table::RowSet()), m_operation,
                !m_moved && tool()->clickMeansPoint()};
}

void ToolBox::cancel() {
  m_drawing = false;
  m_rows = table::RowSet();
}

bool ToolBox::resize(int steps) {
  return tool() != nullptr && !m_drawing && tool()->resize(steps);
}

QString ToolBox::countText() const {
  const QString count = QString::fromStdString(base::groupedDigits(m_rows.count()));
  switch (m_operation) {
    case table::SetOperation::Replace:
      break;
    case table::SetOperation::Add:
      return QObject::tr("+ %1").arg(count);
    case table::SetOperation::Subtract:
      return QObject::tr("− %1").arg(count);
    case table::SetOperation::Intersect:
      return QObject::tr("∩ %1").arg(count);
  }
  return count;
}

void ToolBox::paint(QPainter& painter, const QRectF& bounds, const Theme& theme) const {
  if (tool() == nullptr) {
    return;
  }
  QColor ground = theme.selection;
  ground.setAlphaF(kGround);
  painter.setPen(QPen(theme.selection, 1));
  painter.setBrush(ground);
  if (!m_drawing) {
    if (m_pointer) {
      tool()->paintPointer(painter, *m_pointer);
    }
    return;
  }
  tool()->paint(painter);
  if (m_pointer && (m_moved || !tool()->clickMeansPoint())) {
    paintCard(painter, countText(), *m_pointer, bounds, theme);
  }
}

}  // namespace embedscope::plots
