// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "ui/plots/plane_view.h"
#include "ui/plots/theme.h"

#include <qcustomplot.h>

#include <QImage>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope::plots {

/// Draws the points of a PointCloudPlot: discs when few are visible, else a picture of their
/// density. Owned by the canvas.
class PointLayer : public QCPAbstractPlottable {
 public:
  PointLayer(QCPAxis* x, QCPAxis* y);

  /// @param points  n × 2 or null.
  void setPoints(std::shared_ptr<const base::RowMatrix> points);

  std::vector<int> categories;
  std::vector<QRgb> colors;
  Theme theme;

  qint64 count() const { return m_points ? static_cast<qint64>(m_points->rows()) : 0; }

  /// Around all finite points; null when there is none.
  QRectF bounds() const { return m_bounds; }

  /// Nothing when the row does not exist or is not finite.
  std::optional<QPointF> pointOf(qint64 row) const;

  /// The row nearest to a pixel, at most `reach` pixels away, or −1.
  qint64 nearest(QPointF pixel, double reach, const PlaneView& view) const;

  double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

  /// Rows inside the axes, in rising order, at most `limit`; more than that: an empty list.
  std::vector<qint64> visibleRows(std::size_t limit) const;

  QColor colorOf(qint64 row) const;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  std::shared_ptr<const base::RowMatrix> m_points;
  QRectF m_bounds;
};

}  // namespace embedscope::plots
