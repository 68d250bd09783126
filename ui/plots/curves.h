// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_widget.h"

#include <QColor>
#include <QPen>
#include <QString>

#include <memory>
#include <vector>

namespace embedscope::plots {

class CurveSet;

/// How a curve is drawn.
struct CurveStyle {
  enum class Line { Solid, Dashed, Dotted, DashDotted };
  enum class Emphasis { Normal, Strong, Faint };

  QColor color;        ///< invalid: the category color of `colorIndex`
  int colorIndex = 0;  ///< see `categoryColor`
  Line line = Line::Solid;
  Emphasis emphasis = Emphasis::Normal;  ///< faint: thin and pale, for what is only context

  /// Number of styles that differ from each other: colors × lines.
  static int distinctCount();

  /// The style of curve `index` among many: first the colors of `categoryColor` as solid lines,
  /// then the same colors dashed, and so on; no pair comes twice. Past `distinctCount()`, and below
  /// 0, one grey stands for all others.
  static CurveStyle distinct(int index);

  /// The color on a light or dark background, and the pen with all it takes.
  QColor colorOn(bool dark) const;
  QPen pen(bool dark) const;
};

/// Curves that grow while a run trains.
///
/// The axes follow the data until somebody drags or zooms; a double click, 0 or F lets them follow
/// again. Lines are named at their ends; curves without a name are context and are not. Points that
/// are not finite leave a gap; on a logarithmic axis so do points that are not positive. Long
/// curves are thinned to what the pixels can show.
///
/// A curve may have a band: the area between two more curves, shaded in its color behind all lines.
class CurvePlot : public PlotWidget {
  Q_OBJECT

 public:
  using SeriesId = int;

  explicit CurvePlot(QWidget* parent = nullptr);
  ~CurvePlot() override;

  /// Adds an empty curve. @return its id, never reused by this plot.
  SeriesId addSeries(const QString& name, const CurveStyle& style);
  void removeSeries(SeriesId id);
  void clearSeries();  ///< removes all curves
  int seriesCount() const;

  void setSeriesStyle(SeriesId id, const CurveStyle& style);
  void setSeriesName(SeriesId id, const QString& name);
  void setSeriesVisible(SeriesId id, bool visible);

  /// Adds a point at the right end; x must not fall. O(1) amortized.
  void append(SeriesId id, double x, double y);
  void append(SeriesId id, const std::vector<double>& x, const std::vector<double>& y);

  /// Replaces a curve. @param x  rising, as long as y.
  void setSeries(SeriesId id, const std::vector<double>& x, const std::vector<double>& y);

  /// Replaces a curve and its band. Where a limit is not drawable the band has a gap.
  /// @param x  rising; all four as long as each other.
  void setBand(SeriesId id, const std::vector<double>& x, const std::vector<double>& y,
               const std::vector<double>& lower, const std::vector<double>& upper);

  /// Takes away the points of all curves at larger x: a run goes on from there.
  void cutAfter(double x);

  /// With units, e.g. "step", "loss (mean squared error)".
  void setAxisTitles(const QString& x, const QString& y);

  void setLogarithmic(bool on);  ///< the y axis
  bool isLogarithmic() const;

  /// The x axis; on a logarithmic one every x must be positive.
  void setLogarithmicX(bool on);

  /// A vertical line, e.g. at the snapshot that the film shows; NaN: none.
  void setMarker(double x);

  bool isFollowing() const;

 public slots:
  /// Lets the axes follow the data again.
  void fitView();

 signals:
  /// A click without a drag on the plot, at this x.
  void xClicked(double x);
  void followingChanged(bool following);

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  struct View;

  void dataChanged();
  void setFollowing(bool following);
  void zoom(double factor, QPointF center);
  void moveBy(double x, double y);

  std::unique_ptr<CurveSet> m_curves;
  std::unique_ptr<View> m_view;
};

}  // namespace embedscope::plots
