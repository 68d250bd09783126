// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_set.h"

#include "ui/plots/palette.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::plots {

namespace {

constexpr double kAir = 0.05;

/// A range around an extent; an extent of one value gets room on both sides.
QCPRange aired(const Extent& extent, double airLow, double airHigh) {
  const double width = extent.high - extent.low;
  if (width <= 0) {
    const double half = extent.low == 0 ? 1 : std::abs(extent.low) * 0.1;
    return {extent.low - half, extent.high + half};
  }
  return {extent.low - airLow * width, extent.high + airHigh * width};
}

}  // namespace

void Extent::include(double value) {
  low = empty ? value : std::min(low, value);
  high = empty ? value : std::max(high, value);
  empty = false;
}

void Extent::include(const Extent& other) {
  if (!other.empty) {
    include(other.low);
    include(other.high);
  }
}

int CurveSet::add(const QString& name, const CurveStyle& style) {
  Curve curve;
  curve.name = name;
  curve.style = style;
  curve.graph = m_canvas.addGraph();
  curve.graph->setAdaptiveSampling(true);
  m_curves.emplace(m_nextId, std::move(curve));
  return m_nextId++;
}

void CurveSet::remove(int id) {
  if (const auto found = m_curves.find(id); found != m_curves.end()) {
    m_canvas.removeGraph(found->second.graph);
    m_curves.erase(found);
  }
}

void CurveSet::clear() {
  m_canvas.clearGraphs();
  m_curves.clear();
}

Curve* CurveSet::find(int id) {
  const auto found = m_curves.find(id);
  return found == m_curves.end() ? nullptr : &found->second;
}

double CurveSet::drawable(double y) const {
  const bool fits = std::isfinite(y) && (!m_logarithmic || y > 0);
  return fits ? y : std::numeric_limits<double>::quiet_NaN();
}

void CurveSet::append(Curve& curve, std::span<const double> x, std::span<const double> y) const {
  const std::size_t count = std::min(x.size(), y.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(x[i])) {
      continue;
    }
    curve.x.push_back(x[i]);
    curve.y.push_back(y[i]);
    curve.xs.include(x[i]);
    if (std::isfinite(y[i])) {
      curve.ys.include(y[i]);
      if (y[i] > 0) {
        curve.positiveYs.include(y[i]);
      }
    }
    curve.graph->addData(x[i], drawable(y[i]));
  }
  // A lone point has no line; show it as a dot.
  curve.graph->setScatterStyle(curve.x.size() == 1 ? QCPScatterStyle(QCPScatterStyle::ssDisc, 6)
                                                   : QCPScatterStyle(QCPScatterStyle::ssNone));
}

void CurveSet::replace(Curve& curve, std::span<const double> x, std::span<const double> y) const {
  curve.x.clear();
  curve.y.clear();
  curve.xs = curve.ys = curve.positiveYs = Extent();
  curve.graph->data()->clear();
  append(curve, x, y);
}

void CurveSet::setLogarithmic(bool on) {
  m_logarithmic = on;
  for (auto& [id, curve] : m_curves) {
    const std::vector<double> x = std::move(curve.x);
    const std::vector<double> y = std::move(curve.y);
    replace(curve, x, y);
  }
}

void CurveSet::restyle(Curve& curve, const Theme& theme) const {
  const QColor color = curve.style.color.isValid()
                           ? curve.style.color
                           : categoryColor(curve.style.colorIndex, theme.isDark);
  QPen pen(color, curve.style.dashed ? 1.6 : 1.8);
  if (curve.style.dashed) {
    pen.setDashPattern({4, 2.5});
  }
  pen.setCapStyle(Qt::FlatCap);
  pen.setJoinStyle(Qt::RoundJoin);
  curve.graph->setPen(pen);
}

void CurveSet::restyle(const Theme& theme) {
  for (auto& [id, curve] : m_curves) {
    restyle(curve, theme);
  }
}

bool CurveSet::hasPoints() const {
  return std::any_of(m_curves.begin(), m_curves.end(),
                     [](const auto& entry) { return !entry.second.ys.empty; });
}

std::optional<QCPRange> CurveSet::xRange() const {
  Extent extent;
  for (const auto& [id, curve] : m_curves) {
    if (curve.graph->visible()) {
      extent.include(curve.xs);
    }
  }
  return extent.empty ? std::nullopt : std::optional(aired(extent, 0, 0));
}

std::optional<QCPRange> CurveSet::yRange() const {
  Extent extent;
  for (const auto& [id, curve] : m_curves) {
    if (curve.graph->visible()) {
      extent.include(m_logarithmic ? curve.positiveYs : curve.ys);
    }
  }
  if (extent.empty) {
    return std::nullopt;
  }
  if (!m_logarithmic) {
    return aired(extent, kAir, kAir);
  }
  const double factor = std::max(1.1, std::pow(extent.high / extent.low, kAir));
  return QCPRange(extent.low / factor, extent.high * factor);
}

}  // namespace embedscope::plots
