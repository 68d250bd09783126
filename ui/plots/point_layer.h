// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "ui/plots/density_image.h"
#include "ui/plots/palette.h"
#include "ui/plots/plane_view.h"
#include "ui/plots/point_grid.h"
#include "ui/plots/point_split.h"
#include "ui/plots/screen_points.h"
#include "ui/plots/theme.h"

#include <qcustomplot.h>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Holds and draws the points of a PointCloudPlot: marks when few are visible, else a picture of
/// their density. While rows are selected, the others are grey and lie below. Owned by the canvas.
class PointLayer : public QCPAbstractPlottable, public ScreenPoints {
 public:
  using Points = std::shared_ptr<const base::RowMatrix>;

  PointLayer(QCPAxis* x, QCPAxis* y);

  /// @param points  n × 2 (further columns are ignored) or null.
  void setPoints(Points points);
  void setCategories(std::vector<int> categories);
  void setColors(std::vector<QRgb> colors);
  void setTheme(const Theme& theme);

  /// Rows drawn in their colors above the others, which turn grey; none: all have their colors.
  void setSelectedRows(table::RowSet rows);

  const table::RowSet& selectedRows() const { return m_selected; }

  void setView(const PlaneView& view) { m_view = view; }

  const PlaneView& view() const { return m_view; }

  qint64 count() const override { return m_points ? static_cast<qint64>(m_points->rows()) : 0; }

  /// Around all finite points; nothing when there is none.
  const std::optional<QRectF>& bounds() const { return m_bounds; }

  /// Nothing when the row does not exist or is not finite.
  std::optional<QPointF> pointOf(qint64 row) const;

  std::optional<QPointF> pixelOf(qint64 row) const override;

  /// Cost: the points of the grid cells that a small rectangle touches; else all points.
  void forEachIn(const QRectF& pixels, const Visit& visit) const override;

  /// How the row is drawn as a single mark when it is not grey.
  CategoryMark markOf(qint64 row) const;

  /// The row nearest to a pixel, at most `reach` pixels away, or −1. Of equally near ones the
  /// smallest.
  qint64 nearest(QPointF pixel, double reach) const;

  /// About how many rows lie inside the rectangle; never too few.
  qint64 countNear(const QRectF& plane) const { return grid().countNear(plane); }

  /// How many rows lie inside the rectangle. Cost: the points of the grid cells it touches.
  qint64 countInside(const QRectF& plane) const;

  /// The rows drawn as single marks by the last drawing, in rising order, the selected ones before
  /// the others; empty when there were too many. Where only the others were too many, those
  /// selected.
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
  void drawOthersAndSelected(QCPPainter& painter);
  std::optional<std::vector<qint64>> visibleSelectedRows(std::size_t limit) const;
  const PointSplit& split();
  void drawLot(QCPPainter& painter, DensityImage& density, std::span<const float> xy,
               std::span<const QRgb> colors, const DensityColors& usual) const;

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
  table::RowSet m_selected;
  std::vector<qint64> m_selectedList;
  std::optional<PointSplit> m_split;  // made when first needed
  DensityImage m_selectedDensity;
};

}  // namespace embedscope::plots
