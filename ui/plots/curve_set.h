// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curves.h"

#include <qcustomplot.h>

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::plots {

/// Smallest and largest of what was included; empty at first.
struct Extent {
  double low = 0;
  double high = 0;
  bool empty = true;

  void include(double value);
  void include(const Extent& other);
};

/// One curve: its numbers as they came, and the graphs that draw the drawable ones.
struct Curve {
  QString name;
  CurveStyle style;
  QCPGraph* graph = nullptr;
  QCPGraph* lowerGraph = nullptr;  ///< both null without a band
  QCPGraph* upperGraph = nullptr;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> lower;  ///< empty, or as long as x
  std::vector<double> upper;
  Extent xs;
  Extent ys;
  Extent positiveYs;
};

/// The curves of a CurvePlot and their extents. Knows nothing of pointers and keys.
class CurveSet {
 public:
  explicit CurveSet(QCustomPlot& canvas);

  int add(const QString& name, const CurveStyle& style);
  void remove(int id);
  void clear();

  const std::map<int, Curve>& curves() const { return m_curves; }

  /// Nothing when there is no such curve.
  Curve* find(int id);

  void append(Curve& curve, std::span<const double> x, std::span<const double> y) const;
  void replace(Curve& curve, std::span<const double> x, std::span<const double> y) const;

  /// @param lower, upper  as long as the curve's x; empty: no band.
  void replaceBand(Curve& curve, std::span<const double> lower,
                   std::span<const double> upper) const;

  void setVisible(Curve& curve, bool visible) const;

  /// Takes away the points at larger x, those of the band too.
  void cutAfter(Curve& curve, double x) const;

  bool isLogarithmic() const { return m_logarithmic; }

  /// Decides again which points can be drawn. O(points).
  void setLogarithmic(bool on);

  void restyle(const Theme& theme);
  void restyle(Curve& curve, const Theme& theme) const;

  bool hasPoints() const;

  /// Both ranges with a little air around the visible curves; nothing without a drawable point.
  std::optional<QCPRange> xRange() const;
  std::optional<QCPRange> yRange() const;

 private:
  double drawable(double y) const;
  void includeY(Curve& curve, double y) const;
  void removeGraphs(Curve& curve) const;

  QCustomPlot& m_canvas;
  std::map<int, Curve> m_curves;
  int m_nextId = 0;
  bool m_logarithmic = false;
};

}  // namespace embedscope::plots
