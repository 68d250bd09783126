// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/selection_tool.h"

#include <vector>

namespace embedscope::plots {

/// The rows that a disc passes over. Its radius stays from one stroke to the next.
class BrushTool : public SelectionTool {
 public:
  double radius() const { return m_radius; }

  void begin(QPointF pixel) override;
  void extend(QPointF pixel) override;

  /// Looks only at what was painted since the last call.
  void collect(const ScreenPoints& points, table::RowSet& rows) override;
  void paint(QPainter& painter) const override;
  void paintPointer(QPainter& painter, QPointF pixel) const override;
  bool resize(int steps) override;

  bool clickMeansPoint() const override { return false; }

 private:
  double m_radius = 24;
  std::vector<QPointF> m_stroke;
  std::size_t m_collected = 0;  ///< places of the stroke that were looked at
};

}  // namespace embedscope::plots
