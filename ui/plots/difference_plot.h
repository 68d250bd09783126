// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_widget.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope::plots {

/// A difference measured at one value, with its interval; NaN limits: the interval is not known.
struct DifferencePoint {
  double x = 0;  ///< > 0
  double mean = 0;
  double lower = 0;
  double upper = 0;

  /// True when the interval is known and does not reach 0.
  bool isBeyondNoise() const { return lower > 0 || upper < 0; }
};

/// A place on the x axis, with its interval where that is known.
struct MarkedPlace {
  double x = 0;
  std::optional<double> lower;
  std::optional<double> upper;
  QString text;          ///< above the mark
  QString intervalText;  ///< above the interval, where there is room
};

/// Differences between two things at rising values of one quantity, around a line at zero: means
/// with the band and the bars of their intervals, over a logarithmic x axis whose ticks are the
/// values. A point is filled when its interval does not reach zero, hollow when it does.
///
/// The pointer, and the arrow keys, read a point out. Points without a finite mean leave a gap.
class DifferencePlot : public PlotWidget {
  Q_OBJECT

 public:
  explicit DifferencePlot(QWidget* parent = nullptr);
  ~DifferencePlot() override;

  /// With units.
  void setAxisTitles(const QString& x, const QString& y);

  /// What it means to lie above and below zero: "embedding better", "one-hot better".
  void setSides(const QString& above, const QString& below);

  /// The values that will be measured, so that the axis stands still while points arrive.
  /// @param values  rising, each > 0.
  void setValues(const std::vector<double>& values);

  /// @param points  by rising x.
  void setPoints(std::vector<DifferencePoint> points);

  int pointCount() const;

  /// E.g. where the difference passes zero; nothing: no mark.
  void setMark(const std::optional<MarkedPlace>& mark);

  /// The point that is read out by the keys, if any.
  std::optional<int> chosenPoint() const;

 protected:
  void restyle() override;
  void layoutFor(QSize size) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct View;

  void rebuild();
  void fitAxes();
  QString readoutOf(const DifferencePoint& point) const;
  void choose(std::optional<int> point);

  std::unique_ptr<View> m_view;
};

}  // namespace embedscope::plots
