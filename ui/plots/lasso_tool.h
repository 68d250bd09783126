// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/selection_tool.h"

#include <vector>

namespace embedscope::plots {

/// The rows inside a line drawn by hand, which closes itself.
class LassoTool : public SelectionTool {
 public:
  void begin(QPointF pixel) override;
  void extend(QPointF pixel) override;
  void collect(const ScreenPoints& points, table::RowSet& rows) override;
  void paint(QPainter& painter) const override;

 private:
  std::vector<QPointF> m_corners;
};

}  // namespace embedscope::plots
