// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace embedscope::plots {

/// A graph that stays quick and readable however many points there are.
///
/// While there are few points for each column of pixels it is drawn as any graph. Where there are
/// many, a line through all of them would be a slow blot: then the range of every column is filled
/// faintly and their means are joined by the line. Ranges and means are taken on the screen, so
/// they follow a logarithmic axis. Cost: O(visible points) to look at, O(width) to paint.
class DenseGraph : public QCPGraph {
 public:
  DenseGraph(QCPAxis* keyAxis, QCPAxis* valueAxis) : QCPGraph(keyAxis, valueAxis) {}

 protected:
  void draw(QCPPainter* painter) override;
  void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;

 private:
  bool isDense(const QCPGraphDataContainer::const_iterator& begin,
               const QCPGraphDataContainer::const_iterator& end) const;
};

}  // namespace embedscope::plots
