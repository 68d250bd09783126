// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "ui/plots/density_image.h"
#include "ui/plots/palette.h"
#include "ui/plots/plane_view.h"
#include "ui/plots/point_grid.h"
#include "ui/plots/theme.h"

#include <qcustomplot.h>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Holds and draws the points of a PointCloudPlot: marks when few are visible, else a picture of
/// their density. Owned by the canvas.
class PointLayer : public QCPAbstractPlottable {
 public:
  using Points = std::shared_ptr<const base::RowMatrix>;

  PointLayer(QCPAxis* x, QCPAxis* y);

  /// @param points  n × 2 (further columns are ignored) or null.
  void setPoints(Points points);
  void setCategories(std::vector<int> categories);
  void setColors(std::vector<QRgb> colors);
  void setTheme(const Theme& theme);

  void setView(const PlaneView& view) { m_view = view; }

  const PlaneView& view() const { return m_view; }

  qint64 count() const { return m_points ? static_cast<qint64>(m_points->rows()) : 0; }

  /// Around all finite points; nothing when there is none.
  const std::optional<QRectF>& bounds() const { return m_bounds; }

  /// Nothing when the row does not exist or is not finite.
  std::optional<QPointF> pointOf(qint64 row) const;

  /// How the row is drawn as a single mark.
  CategoryMark markOf(qint64 row) const;

  /// The row nearest to a pixel, at most `reach` pixels away, or −1. Of equally near ones the
  /// smallest.
  qint64 nearest(QPointF pixel, double reach) const;

  /// About how many rows lie inside the rectangle; never too few.
  qint64 countNear(const QRectF& plane) const { return grid().countNear(plane); }

  /// How many rows lie inside the rectangle. Cost: the points of the grid cells it touches.
  qint64 countInside(const QRectF& plane) const;

  /// The rows drawn as single marks by the last drawing, in rising order; empty when there were
  /// too many.
  const std::vector<qint64>& shownRows() const { return m_shown; }

  /// Radius of a single mark when `count` are visible, in logical pixels.
  static double markRadius(std::size_t count);

  double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  std::span<const float> coordinates() const;
  const PointGrid& grid() const;
  std::optional<std::vector<qint64>> visibleRows(std::size_t limit) const;
  double visiblePart() const;
  void resolveColors();
  void drawMarks(QCPPainter& painter) const;
  void drawDensity(QCPPainter& painter);

  Points m_points;
  std::vector<int> m_categories;
  std::vector<QRgb> m_colors;
  std::vector<QRgb> m_resolved;  // what m_categories or m_colors mean in this theme
  Theme m_theme;
  PlaneView m_view;
  std::optional<QRectF> m_bounds;
  mutable std::optional<PointGrid> m_grid;  // made when first needed
  std::vector<qint64> m_shown;
  DensityImage m_density;
};

}  // namespace embedscope::plots
