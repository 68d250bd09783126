// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/rectangle_tool.h"

namespace embedscope::plots {

void RectangleTool::begin(QPointF pixel) {
  m_from = m_to = pixel;
}

void RectangleTool::extend(QPointF pixel) {
  m_to = pixel;
}

void RectangleTool::collect(const ScreenPoints& points, table::RowSet& rows) {
  rows = table::RowSet(points.count());
  points.forEachIn(rectangle(), [&rows](qint64 row, QPointF) { rows.insert(row); });
}

void RectangleTool::paint(QPainter& painter) const {
  painter.drawRect(rectangle());
}

}  // namespace embedscope::plots
