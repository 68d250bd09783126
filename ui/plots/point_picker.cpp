// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_picker.h"

#include "ui/plots/point_cloud.h"
#include "ui/plots/selection_keys.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <optional>

namespace embedscope::plots {

namespace {

std::optional<Direction> directionOf(int key) {
  switch (key) {
    case Qt::Key_Left:
      return Direction::Left;
    case Qt::Key_Right:
      return Direction::Right;
    case Qt::Key_Up:
      return Direction::Up;
    case Qt::Key_Down:
      return Direction::Down;
    default:
      return std::nullopt;
  }
}

std::optional<ToolKind> toolOf(int key) {
  switch (key) {
    case Qt::Key_V:
      return ToolKind::Choose;
    case Qt::Key_R:
      return ToolKind::Rectangle;
    case Qt::Key_L:
      return ToolKind::Lasso;
    case Qt::Key_B:
      return ToolKind::Brush;
    default:
      return std::nullopt;
  }
}

}  // namespace

void PointPicker::take(ToolKind tool) {
  const bool isOther = tool != m_tools.kind();
  m_tools.take(tool);
  m_redraw();
  if (tool == ToolKind::Choose) {
    m_plot.unsetCursor();
  } else {
    m_plot.setCursor(Qt::CrossCursor);
  }
  if (isOther) {
    emit m_plot.toolChanged(tool);
  }
}

bool PointPicker::press(const QMouseEvent& event) {
  if (tool() == ToolKind::Choose || event.button() != Qt::LeftButton) {
    return false;
  }
  m_tools.press(event.position(), m_points);
  m_redraw();
  return true;
}

bool PointPicker::move(const QMouseEvent& event) {
  if (tool() == ToolKind::Choose) {
    return false;
  }
  m_tools.move(event.position(), event.modifiers(), m_points);
  m_redraw();
  return true;
}

bool PointPicker::release(const QMouseEvent& event) {
  if (event.button() != Qt::LeftButton || !m_tools.isDrawing()) {
    return false;
  }
  const auto picked = m_tools.release(event.position(), event.modifiers(), m_points);
  m_redraw();
  if (picked->isClick) {
    pick(m_plot.pointAt(event.position()), picked->operation);
  } else {
    emit m_plot.rowsPicked(picked->rows, picked->operation);
  }
  return true;
}

bool PointPicker::click(qint64 row, Qt::KeyboardModifiers modifiers) {
  if (modifiers.testFlag(Qt::ControlModifier)) {
    if (row >= 0) {
      emit m_plot.pointToggled(row);
    }
    return true;
  }
  if (const auto operation = operationOf(modifiers); operation != table::SetOperation::Replace) {
    if (row >= 0) {
      pick(row, operation);
    }
    return true;
  }
  return false;
}

void PointPicker::pick(qint64 row, table::SetOperation operation) {
  table::RowSet rows(m_points.count());
  if (row >= 0) {
    rows.insert(row);
  }
  emit m_plot.rowsPicked(rows, operation);
}

bool PointPicker::wheel(const QWheelEvent& event) {
  return event.modifiers().testFlag(Qt::ControlModifier) &&
         resize(event.angleDelta().y() > 0 ? 1 : -1);
}

bool PointPicker::resize(int steps) {
  const bool did = m_tools.resize(steps);
  if (did) {
    m_redraw();
  }
  return did;
}

void PointPicker::leave() {
  m_tools.leave();
  m_redraw();
}

bool PointPicker::pressKey(const QKeyEvent& event) {
  if (event.key() == Qt::Key_Shift || event.key() == Qt::Key_Alt) {
    return releaseKey(event);
  }
  return takeToolKey(event) || takePointKey(event);
}

bool PointPicker::releaseKey(const QKeyEvent& event) {
  if (!m_tools.isDrawing() || (event.key() != Qt::Key_Shift && event.key() != Qt::Key_Alt)) {
    return false;
  }
  // What an event tells are the modifiers before it.
  const auto changed = event.key() == Qt::Key_Shift ? Qt::ShiftModifier : Qt::AltModifier;
  Qt::KeyboardModifiers now = event.modifiers();
  now.setFlag(changed, event.type() == QEvent::KeyPress);
  m_tools.setModifiers(now);
  m_redraw();
  return true;
}

bool PointPicker::takeToolKey(const QKeyEvent& event) {
  if (event.key() == Qt::Key_BracketLeft || event.key() == Qt::Key_BracketRight) {
    return resize(event.key() == Qt::Key_BracketRight ? 1 : -1);
  }
  if (event.key() == Qt::Key_Escape) {
    return escape();
  }
  const auto tool = toolOf(event.key());
  if (tool && event.modifiers() == Qt::NoModifier) {
    take(*tool);
    return true;
  }
  return false;
}

bool PointPicker::takePointKey(const QKeyEvent& event) {
  const auto direction = directionOf(event.key());
  if (direction && event.modifiers().testFlag(Qt::AltModifier)) {
    walk(*direction);
    return true;
  }
  const std::optional<qint64> chosen = m_plot.selected();
  switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (chosen) {
        emit m_plot.pointActivated(*chosen);
      }
      return chosen.has_value();
    case Qt::Key_Space:
      if (chosen) {
        emit m_plot.pointToggled(*chosen);
      }
      return chosen.has_value();
    default:
      return false;
  }
}

/// From the chosen point; without one that can be seen, to the point nearest to the middle.
void PointPicker::walk(Direction direction) {
  const QRectF shown(m_plot.rect());
  const auto from = m_points.pixelOf(m_plot.selected().value_or(-1));
  qint64 row = -1;
  if (from && shown.contains(*from)) {
    row = nearestInDirection(m_points, *from, direction, shown);
  } else {
    row = nearestTo(m_points, shown.center(), shown);
  }
  if (row >= 0) {
    emit m_plot.pointClicked(row);
  }
}

bool PointPicker::escape() {
  if (m_tools.isDrawing()) {
    m_tools.cancel();
    m_redraw();
  } else if (tool() != ToolKind::Choose) {
    take(ToolKind::Choose);
  } else if (!m_plot.selectedRows().empty()) {
    pick(-1, table::SetOperation::Replace);
  } else {
    return false;
  }
  return true;
}

}  // namespace embedscope::plots
