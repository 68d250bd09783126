// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/selection_tool.h"

namespace embedscope::plots {

/// The rows in a rectangle between two corners, its border included.
class RectangleTool : public SelectionTool {
 public:
  void begin(QPointF pixel) override;
  void extend(QPointF pixel) override;
  void collect(const ScreenPoints& points, table::RowSet& rows) override;
  void paint(QPainter& painter) const override;

 private:
  QRectF rectangle() const { return QRectF(m_from, m_to).normalized(); }

  QPointF m_from;
  QPointF m_to;
};

}  // namespace embedscope::plots
