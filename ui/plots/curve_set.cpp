// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_set.h"

#include "ui/plots/dense_graph.h"
#include "ui/plots/palette.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::plots {

namespace {

constexpr double kAir = 0.05;
constexpr double kFaintness = 0.55;  // how far a faint line fades into the ground
constexpr int kLineCount = 4;
constexpr int kBandAlpha = 34;
constexpr int kFaintBandAlpha = 16;
const QString kBandLayer = QStringLiteral("bands");

/// A range around an extent; an extent of one value gets room on both sides.
QCPRange aired(const Extent& extent, double airLow, double airHigh) {
  const double width = extent.high - extent.low;
  if (width <= 0) {
    const double half = extent.low == 0 ? 1 : std::abs(extent.low) * 0.1;
    return {extent.low - half, extent.high + half};
  }
  return {extent.low - airLow * width, extent.high + airHigh * width};
}

double widthOf(const CurveStyle& style) {
  switch (style.emphasis) {
    case CurveStyle::Emphasis::Strong:
      return 2.8;
    case CurveStyle::Emphasis::Faint:
      return 1;
    case CurveStyle::Emphasis::Normal:
      break;
  }
  return style.line == CurveStyle::Line::Solid ? 1.8 : 1.6;
}

QVector<qreal> dashesOf(CurveStyle::Line line) {
  switch (line) {
    case CurveStyle::Line::Dotted:
      return {1.2, 1.8};
    case CurveStyle::Line::DashDotted:
      return {5, 2, 1.2, 2};
    case CurveStyle::Line::Dashed:
    case CurveStyle::Line::Solid:
      break;
  }
  return {4, 2.5};
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

CurveSet::CurveSet(QCustomPlot& canvas) : m_canvas(canvas) {
  canvas.addLayer(kBandLayer, canvas.layer(QStringLiteral("main")), QCustomPlot::limBelow);
}

int CurveSet::add(const QString& name, const CurveStyle& style) {
  Curve curve;
  curve.name = name;
  curve.style = style;
  curve.graph = new DenseGraph(m_canvas.xAxis, m_canvas.yAxis);  // owned by the canvas
  curve.graph->setAdaptiveSampling(true);
  m_curves.emplace(m_nextId, std::move(curve));
  return m_nextId++;
}

void CurveSet::remove(int id) {
  if (const auto found = m_curves.find(id); found != m_curves.end()) {
    removeGraphs(found->second);
    m_curves.erase(found);
  }
}

void CurveSet::removeGraphs(Curve& curve) const {
  for (QCPGraph* graph : {curve.upperGraph, curve.lowerGraph, curve.graph}) {
    if (graph != nullptr) {
      m_canvas.removeGraph(graph);
    }
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

void CurveSet::includeY(Curve& curve, double y) const {
  if (std::isfinite(y)) {
    curve.ys.include(y);
    if (y > 0) {
      curve.positiveYs.include(y);
    }
  }
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
    includeY(curve, y[i]);
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

void CurveSet::cutAfter(Curve& curve, double x) const {
  const auto kept = std::ranges::upper_bound(curve.x, x) - curve.x.begin();
  if (kept == static_cast<std::ptrdiff_t>(curve.x.size())) {
    return;
  }
  const auto head = [&](const std::vector<double>& values) {
    const auto count = std::min(kept, static_cast<std::ptrdiff_t>(values.size()));
    return std::vector<double>(values.begin(), values.begin() + count);
  };
  const bool hasBand = curve.lowerGraph != nullptr;
  const std::vector<double> lower = head(curve.lower);
  const std::vector<double> upper = head(curve.upper);
  replace(curve, head(curve.x), head(curve.y));
  if (hasBand) {
    replaceBand(curve, lower, upper);
  }
}

void CurveSet::replaceBand(Curve& curve, std::span<const double> lower,
                           std::span<const double> upper) const {
  const std::size_t count = std::min({lower.size(), upper.size(), curve.x.size()});
  curve.lower.assign(lower.begin(), lower.begin() + static_cast<std::ptrdiff_t>(count));
  curve.upper.assign(upper.begin(), upper.begin() + static_cast<std::ptrdiff_t>(count));
  if (curve.lowerGraph == nullptr) {
    curve.lowerGraph = m_canvas.addGraph();
    curve.upperGraph = m_canvas.addGraph();
    curve.upperGraph->setChannelFillGraph(curve.lowerGraph);
    for (QCPGraph* graph : {curve.lowerGraph, curve.upperGraph}) {
      graph->setLayer(kBandLayer);
      graph->setPen(Qt::NoPen);
      graph->setVisible(curve.graph->visible());
    }
  }
  curve.lowerGraph->data()->clear();
  curve.upperGraph->data()->clear();
  for (std::size_t i = 0; i < count; ++i) {
    includeY(curve, curve.lower[i]);
    includeY(curve, curve.upper[i]);
    // A limit without its partner bounds nothing: both leave the gap.
    const double sum = drawable(curve.lower[i]) + drawable(curve.upper[i]);
    curve.lowerGraph->addData(curve.x[i], std::isnan(sum) ? sum : curve.lower[i]);
    curve.upperGraph->addData(curve.x[i], std::isnan(sum) ? sum : curve.upper[i]);
  }
}

void CurveSet::setVisible(Curve& curve, bool visible) const {
  for (QCPGraph* graph : {curve.graph, curve.lowerGraph, curve.upperGraph}) {
    if (graph != nullptr) {
      graph->setVisible(visible);
    }
  }
}

void CurveSet::setLogarithmic(bool on) {
  m_logarithmic = on;
  for (auto& [id, curve] : m_curves) {
    const std::vector<double> x = std::move(curve.x);
    const std::vector<double> y = std::move(curve.y);
    const std::vector<double> lower = std::move(curve.lower);
    const std::vector<double> upper = std::move(curve.upper);
    replace(curve, x, y);
    if (curve.lowerGraph != nullptr) {
      replaceBand(curve, lower, upper);
    }
  }
}

void CurveSet::restyle(Curve& curve, const Theme& theme) const {
  const bool isFaint = curve.style.emphasis == CurveStyle::Emphasis::Faint;
  QPen pen = curve.style.pen(theme.isDark);
  QColor fill = pen.color();
  if (isFaint) {
    pen.setColor(mixed(pen.color(), theme.base, kFaintness));
  }
  curve.graph->setPen(pen);
  if (curve.upperGraph != nullptr) {
    fill.setAlpha(isFaint ? kFaintBandAlpha : kBandAlpha);
    curve.upperGraph->setBrush(fill);
  }
}

void CurveSet::restyle(const Theme& theme) {
  for (auto& [id, curve] : m_curves) {
    restyle(curve, theme);
  }
}

int CurveStyle::distinctCount() {
  return distinctColorCount() * kLineCount;
}

CurveStyle CurveStyle::distinct(int index) {
  CurveStyle style;
  const bool isKnown = index >= 0 && index < distinctCount();
  style.colorIndex = isKnown ? index % distinctColorCount() : -1;
  style.line = isKnown ? static_cast<Line>(index / distinctColorCount()) : Line::Solid;
  return style;
}

QColor CurveStyle::colorOn(bool dark) const {
  return color.isValid() ? color : categoryColor(colorIndex, dark);
}

QPen CurveStyle::pen(bool dark) const {
  QPen pen(colorOn(dark), widthOf(*this));
  if (line != Line::Solid) {
    pen.setDashPattern(dashesOf(line));
  }
  pen.setCapStyle(Qt::FlatCap);
  pen.setJoinStyle(Qt::RoundJoin);
  return pen;
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
