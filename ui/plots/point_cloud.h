// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/row_set.h"
#include "core/table/set_operation.h"
#include "ui/plots/own_colors.h"
#include "ui/plots/place_mark.h"
#include "ui/plots/plot_widget.h"
#include "ui/plots/point_overlays.h"
#include "ui/plots/space_camera.h"
#include "ui/plots/tool_kind.h"

#include <QRectF>
#include <QRgb>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QCPPainter;

namespace embedscope::plots {

class PlaneView;
class PointCloudState;

/// Up to millions of points in the plane or in space: drag to pan or, in space, to turn; wheel to
/// zoom, click to choose. The right or middle button or Shift pan everywhere.
///
/// Few points are drawn as discs with an outline, many as a picture of their density, in which
/// single points stay visible. In space what is farther is smaller and fainter. Row i of the points
/// is row i of the table; a row with NaN or infinity is not drawn.
///
/// Keys: arrows pan or turn, with Shift they pan, + and − zoom, 0, F or a double click show
/// everything; in space P switches the perspective, X, Y and Z look along an axis, O lets the cloud
/// turn slowly. Alt with an arrow goes to the nearest point in that direction, Enter asks for more
/// about the chosen point, Space puts it into the selection or takes it out. Tools that select many
/// points: V none, R rectangle, L lasso, B brush ([ and ] change its size); Shift adds, Alt
/// subtracts, both intersect, also with single clicks; Ctrl with a click puts a point in or out.
/// Escape drops the tool, then the selection, then the chosen point (signals `pointClicked(-1)`).
class PointCloudPlot : public PlotWidget {
  Q_OBJECT

 public:
  using Points = std::shared_ptr<const base::RowMatrix>;
  using LabelProvider = std::function<QString(qint64 row)>;

  explicit PointCloudPlot(QWidget* parent = nullptr);
  ~PointCloudPlot() override;

  /// Replaces the points. Colors, labels and marks stay, as far as their rows still exist.
  /// @param points  n × 2, shared, not copied; or n × 3 for points of space, copied. Null means no
  ///                points. Cheap enough for 30 calls a second: O(n) without allocation per point.
  void setPoints(Points points);
  void setPoints(base::RowMatrix xy);

  qint64 pointCount() const;

  /// One category index per point (see `categoryMark`; −1: all others). Empty: the accent color.
  /// @param own  in the place of the usual colors of some categories ≥ 0; shapes stay.
  void setColorIndices(std::vector<int> categories, OwnColors own = {});

  /// One color per point, for numbers shown by color (see `viridis`). Replaces color indices.
  void setColors(std::vector<QRgb> colors);

  /// Relative radius of every row, 1 is usual, kept within [0.3, 4]; empty: all alike. Only single
  /// marks show it.
  void setSizes(std::vector<float> sizes);

  /// Index of a `MarkShape` for every row, whatever its color; negative: as its color says. Empty:
  /// all as their colors say. Only single marks show it.
  void setShapes(std::vector<int> shapes);

  /// Where labels compete for room, the larger number wins, and of equal ones the smaller row.
  /// Empty: the smaller row, which in files of words is the more frequent one.
  void setLabelImportance(std::vector<float> importance);

  /// Tells the label of a row; called only for rows that are about to be labelled.
  void setLabelProvider(LabelProvider provider);

  /// Rows to emphasize and label, for example the neighbors of the selected one.
  void setHighlighted(std::vector<qint64> rows);

  /// Those of the highlighted rows that belong to the selected one but lie far from it: their links
  /// are dashed.
  void setDistant(std::vector<qint64> rows);

  /// A diamond with words at a place that is no row; nothing: none. `fitView` shows it, too, unless
  /// it is very far off.
  void setExtraMark(std::optional<PlaceMark> mark);
  const std::optional<PlaceMark>& extraMark() const;
  bool isExtraMarkInView() const;

  /// Takes a tool in hand; signals `toolChanged` when it is another one.
  void setTool(ToolKind tool);
  ToolKind tool() const;

  /// Rows drawn in their colors above the others, which turn grey; none: all have their colors.
  void setSelectedRows(table::RowSet rows);
  const table::RowSet& selectedRows() const;

  /// Off: rows that are not selected keep their colors, too. On at first.
  void setOthersGrey(bool on);

  /// Only these rows are there: drawn, pointed at, fitted; nothing: all. Those that are isolated
  /// stay so when the points are replaced.
  void setIsolatedRows(std::optional<table::RowSet> rows);

  /// The chosen one.
  /// Lines through points, below what is emphasized; null: none. See paintPointLines.
  void setLines(std::shared_ptr<const PointLines> lines);

  /// Images of rows, shown beside the pointer; null: there are none.
  /// @param asPoints  also in the place of points where few are visible.
  void setImages(ImageProvider imageOf, bool asPoints);

  /// The images of some rows are others.
  void refreshImages() { queueOverlay(); }

  void setSelected(std::optional<qint64> row);
  std::optional<qint64> selected() const;

  /// Thin lines from the selected point to the highlighted ones. Off at first.
  void setLinksVisible(bool visible);

  /// While on, the view follows changing points smoothly; panning or zooming by hand pauses this
  /// until the view is fitted again. Off at first: then the first points only are fitted.
  void setAutoFit(bool on);

  /// Equal units on both axes. On at first.
  void setKeepAspectRatio(bool keep);

  void setAxisTitles(const QString& x, const QString& y, const QString& z = {});

  /// Whether the points lie in space.
  bool isSpace() const;

  /// How points of space are seen now.
  const SpaceCamera& camera() const;

  /// Looks in the direction of a camera, with its perspective.
  void setCamera(const SpaceCamera& camera);

  bool isTurning() const;

  /// The part of the plane shown now; in space of the camera's plane.
  QRectF view() const;

  /// Shows a part of the plane, which is not empty, as large as it fits.
  void setView(const QRectF& plane);

  /// The point nearest to a place of the widget (logical pixels) within reach of the pointer, or
  /// −1; in space the front-most of those whose marks lie there. Cost: the points of a few grid
  /// cells; in space a look at all points, in parallel.
  qint64 pointAt(QPointF position) const;

  /// Where a row is drawn, in logical pixels of the widget; nothing when it is not finite.
  std::optional<QPointF> positionOf(qint64 row) const;

  /// Draws at once; for benchmarks and tests.
  void replotNow();

 public slots:
  /// Shows every point.
  void fitView();

  /// Goes to a row. If it is the selected one, shows it together with the highlighted rows, also
  /// with those that are set later, unless the view was changed by hand before. Otherwise brings
  /// it to the middle and zooms in when its surroundings are crowded. Never shows more than
  /// everything, nor so little that hardly any other point is left.
  void centerOn(qint64 row);

  /// @param factor  above 1 shows more detail; around the middle.
  void zoomBy(double factor);

  /// Turns points of space about what is in view. See SpaceCamera::turn; angles in radians.
  void turnBy(double right, double down);

  void lookAlong(SpaceAxis axis);
  void setPerspective(bool on);

  /// Points of space turn slowly by themselves, until this is switched off.
  void setTurning(bool on);

 signals:
  /// The point under the pointer changed; −1 when there is none.
  void pointHovered(qint64 row, QPointF position);

  /// A click without a drag, or a step by keys: a point is chosen; −1 on empty ground.
  void pointClicked(qint64 row);

  /// A point is to be put into the selection or taken out of it.
  void pointToggled(qint64 row);

  /// More about the chosen point is wanted.
  void pointActivated(qint64 row);

  /// Points were pointed out by a tool.
  /// @param rows  of as many rows as there are points.
  void rowsPicked(const embedscope::table::RowSet& rows, embedscope::table::SetOperation operation);

  void toolChanged(embedscope::plots::ToolKind tool);

  /// The view or the camera was moved, or `isTurning` changed.
  void viewChanged();

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void paintOverlays(QCPPainter& painter) const;
  void paintHoveredImage(QCPPainter& painter) const;
  void applyView();
  void arrangeAxes();
  void moveByPixels(QPointF way);
  void holdWhatIsSeen();
  void turnOn();
  bool handleSpaceKey(int key);
  void showMenu(QPoint globalPosition);
  void followPoints();
  bool isCrowded() const;
  void showCompany(const PlaneView& widest);
  bool frameHighlighted(QPointF selected, const PlaneView& widest);
  void setHovered(qint64 row, QPointF position);
  void pauseFollowing();
  void showPoints();

  std::unique_ptr<PointCloudState> m_state;
};

}  // namespace embedscope::plots
