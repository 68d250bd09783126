// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/lasso_tool.h"

#include "ui/plots/lasso_region.h"

namespace embedscope::plots {

namespace {

constexpr double kLeastStep = 2;  // pixels between two corners

}  // namespace

void LassoTool::begin(QPointF pixel) {
  m_corners = {pixel};
}

void LassoTool::extend(QPointF pixel) {
  if ((pixel - m_corners.back()).manhattanLength() >= kLeastStep) {
    m_corners.push_back(pixel);
  }
}

void LassoTool::collect(const ScreenPoints& points, table::RowSet& rows) {
  rows = table::RowSet(points.count());
  const LassoRegion region(m_corners);
  points.forEachIn(region.bounds(), [&](qint64 row, QPointF pixel) {
    if (region.contains(pixel)) {
      rows.insert(row);
    }
  });
}

void LassoTool::paint(QPainter& painter) const {
  painter.drawPolygon(m_corners.data(), static_cast<int>(m_corners.size()), Qt::WindingFill);
}

}  // namespace embedscope::plots
