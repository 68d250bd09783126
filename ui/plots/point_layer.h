// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "ui/plots/density_image.h"
#include "ui/plots/own_colors.h"
#include "ui/plots/palette.h"
#include "ui/plots/place_mark.h"
#include "ui/plots/plane_view.h"
#include "ui/plots/point_grid.h"
#include "ui/plots/point_lots.h"
#include "ui/plots/screen_points.h"
#include "ui/plots/space_camera.h"
#include "ui/plots/space_points.h"
#include "ui/plots/theme.h"

#include <qcustomplot.h>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Holds and draws the points of a PointCloudPlot: marks when few are visible, else a picture of
/// their density. While rows are selected, the others are grey and lie below. Points of space are
/// seen by a camera on the plane of the view; everything here that speaks of the plane means where
/// they are seen. Owned by the canvas.
class PointLayer : public QCPAbstractPlottable, public ScreenPoints {
 public:
  using Points = std::shared_ptr<const base::RowMatrix>;

  PointLayer(QCPAxis* x, QCPAxis* y);

  /// @param points  n × 3 for points of space; otherwise the first two columns count. Or null.
  void setPoints(Points points);
  void setCategories(std::vector<int> categories, OwnColors own);
  void setColors(std::vector<QRgb> colors);
  void setTheme(const Theme& theme);

  /// Rows drawn in their colors above the others, which turn grey; none: all have their colors.
  void setSelectedRows(table::RowSet rows);

  const table::RowSet& selectedRows() const { return m_selected; }

  /// Relative radius of each row as a single mark, 1 is usual; kept within [0.3, 4]. Rows beyond
  /// the end, and those that are not finite, have 1.
  void setSizes(std::vector<float> sizes) { m_sizes = std::move(sizes); }

  /// Shape of each row as a single mark, whatever its color: an index of `MarkShape`, repeating
  /// after the last; negative or beyond the end: as its color says.
  void setShapes(std::vector<int> shapes) { m_shapes = std::move(shapes); }

  /// Whether the points lie in space: they had three columns.
  bool isSpace() const { return m_space.has_value(); }

  /// Its subject is the points, whatever was set there.
  void setCamera(const SpaceCamera& camera);

  const SpaceCamera& camera() const { return m_camera; }

  /// The points of space; nothing in the plane.
  const std::optional<SpacePoints>& space() const { return m_space; }

  /// Titles of x, y and z, shown at the box around points of space.
  void setSpaceTitles(std::array<QString, 3> titles) { m_titles = std::move(titles); }

  /// Off: rows that are not selected keep their colors, too. On at first.
  void setOthersGrey(bool on) { m_othersGrey = on; }

  void setView(const PlaneView& view) { m_view = view; }

  const PlaneView& view() const { return m_view; }

  qint64 count() const override;

  /// Around all finite points, in space from every direction; nothing when there is none.
  const std::optional<QRectF>& bounds() const { return m_bounds; }

  /// Where a row lies on the plane. Nothing when it does not exist or is not finite.
  std::optional<QPointF> pointOf(qint64 row) const;

  std::optional<QPointF> pixelOf(qint64 row) const override;

  /// Cost: the points of the grid cells that a small rectangle touches; else, and in space, all
  /// points.
  void forEachIn(const QRectF& pixels, const Visit& visit) const override;

  /// How near the viewer a row is, −1 … 1; 1 in the plane.
  double nearnessOf(qint64 row) const;

  /// Where a place that is no row lies on the plane.
  QPointF planeOf(const PlaceMark& mark) const;

  /// The numbers of a row, for people.
  QString coordinateText(qint64 row) const;

  /// How the row is drawn as a single mark when it is not grey.
  CategoryMark markOf(qint64 row) const;

  /// The row nearest to a pixel, at most `reach` pixels away, or −1. Of equally near ones the
  /// smallest. In space the front-most of those whose marks cover the pixel, if there are any.
  qint64 nearest(QPointF pixel, double reach) const;

  /// About how many rows lie inside the rectangle; never too few.
  qint64 countNear(const QRectF& plane) const;

  /// How many rows lie inside the rectangle. Cost: the points of the grid cells it touches; in
  /// space all points, in parallel.
  qint64 countInside(const QRectF& plane) const;

  /// Middle, in space, of those points of space that are in view; nothing when none is.
  std::optional<Eigen::Vector3d> middleOfView() const;

  /// The rows drawn as single marks by the last drawing, in rising order, the selected ones before
  /// the others; empty when there were too many. Where only the others were too many, those
  /// selected.
  const std::vector<qint64>& shownRows() const { return m_shown; }

  /// Radius of a usual mark when `count` are visible, in logical pixels.
  static double markRadius(std::size_t count);

  /// Radius of a row's mark among those shown now.
  double radiusOf(qint64 row) const;

  double selectTest(const QPointF& pos, bool onlySelectable, QVariant* details) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain, const QCPRange& keys) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  std::span<const float> coordinates() const;
  const PointGrid& grid() const;
  SpacePixels spacePixels(QPointF origin, double ratio) const;
  PixelMap pixelMap(QPointF origin, double ratio) const;
  qint64 nearestInSpace(QPointF pixel, double reach) const;
  std::optional<std::vector<qint64>> visibleRows(std::size_t limit) const;
  std::optional<std::vector<qint64>> visibleSpaceRows(std::size_t limit) const;
  std::vector<qint64> paintingOrder() const;
  double visiblePart() const;
  void resolveColors();
  void drawMarks(QCPPainter& painter) const;
  void drawOthersAndSelected(QCPPainter& painter);

  bool isGrey(qint64 row) const { return hasGreyRows() && !m_selected.contains(row); }

  bool hasGreyRows() const { return m_othersGrey && !m_selected.empty(); }

  std::optional<std::vector<qint64>> visibleSelectedRows(std::size_t limit) const;
  void drawLot(QCPPainter& painter, DensityImage& density, const PointLot& lot,
               const DensityColors& usual) const;
  void forEachInSpace(const QRectF& shown, const Visit& visit) const;

  Points m_points;                     // of the plane
  std::optional<SpacePoints> m_space;  // or of space
  PointLots m_lots;                    // the same for drawing
  SpaceCamera m_camera;
  std::array<QString, 3> m_titles;
  std::vector<float> m_sizes;
  std::vector<int> m_shapes;
  std::vector<int> m_categories;
  OwnColors m_ownColors;  // of some categories
  std::vector<QRgb> m_colors;
  Theme m_theme;
  PlaneView m_view;
  std::optional<QRectF> m_bounds;
  mutable std::optional<PointGrid> m_grid;  // made when first needed
  std::vector<qint64> m_shown;
  DensityImage m_density;
  table::RowSet m_selected;
  bool m_othersGrey = true;
  std::vector<qint64> m_selectedList;
  DensityImage m_selectedDensity;
};

}  // namespace embedscope::plots
