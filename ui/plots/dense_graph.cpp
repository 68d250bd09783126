// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/dense_graph.h"

#include "ui/plots/polyline.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace embedscope::plots {

namespace {

constexpr int kPointsPerColumn = 4;  ///< so many are still a line
constexpr int kRangeAlpha = 70;

/// What falls into one column of pixels.
struct Column {
  double x = 0;
  double top = 0;
  double bottom = 0;
  double sum = 0;
  int count = 0;

  void add(double pixel) {
    top = count == 0 ? pixel : std::min(top, pixel);
    bottom = count == 0 ? pixel : std::max(bottom, pixel);
    sum += pixel;
    ++count;
  }
};

}  // namespace

bool DenseGraph::isDense(const QCPGraphDataContainer::const_iterator& begin,
                         const QCPGraphDataContainer::const_iterator& end) const {
  const double width = mKeyAxis->axisRect()->width();
  return static_cast<double>(end - begin) > kPointsPerColumn * std::max(1.0, width);
}

void DenseGraph::draw(QCPPainter* painter) {
  QCPGraphDataContainer::const_iterator begin;
  QCPGraphDataContainer::const_iterator end;
  getVisibleDataBounds(begin, end, QCPDataRange(0, dataCount()));
  if (!isDense(begin, end)) {
    QCPGraph::draw(painter);
    return;
  }
  std::vector<Column> columns;
  for (auto point = begin; point != end; ++point) {
    const double pixel = mValueAxis->coordToPixel(point->value);
    if (!std::isfinite(pixel)) {
      continue;
    }
    const double x = std::floor(mKeyAxis->coordToPixel(point->key)) + 0.5;
    if (columns.empty() || columns.back().x != x) {
      columns.push_back({.x = x});
    }
    columns.back().add(pixel);
  }
  QColor faint = mPen.color();
  faint.setAlpha(kRangeAlpha);
  std::vector<QPointF> means;
  means.reserve(columns.size());
  painter->setAntialiasing(false);
  for (const Column& column : columns) {
    painter->fillRect(QRectF(column.x - 0.5, column.top, 1, column.bottom - column.top), faint);
    means.emplace_back(column.x, column.sum / column.count);
  }
  applyDefaultAntialiasingHint(painter);
  plots::drawPolyline(*painter, means, mPen);
}

void DenseGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
  applyDefaultAntialiasingHint(painter);
  plots::drawPolyline(*painter, {lines.constData(), static_cast<std::size_t>(lines.size())}, mPen);
}

}  // namespace embedscope::plots
