// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_labels.h"

#include "ui/plots/curve_set.h"
#include "ui/plots/number_text.h"
#include "ui/plots/painted_layer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::plots {

namespace {

constexpr double kGap = 6;
constexpr double kColumnReach = 40;
constexpr int kSmallestMargin = 16;
constexpr double kWholeFrom = 10;
constexpr int kVeilAlpha = 200;  // behind names among other curves

struct EndLabel {
  QPointF place;
  const Curve* curve = nullptr;
};

/// Index of the last point at or before x with a drawable y; nothing when there is none.
std::optional<std::size_t> lastPointUpTo(const Curve& curve, double x, bool logarithmic) {
  auto end = static_cast<std::size_t>(std::upper_bound(curve.x.begin(), curve.x.end(), x) -
                                      curve.x.begin());
  while (end > 0) {
    --end;
    if (std::isfinite(curve.y[end]) && (!logarithmic || curve.y[end] > 0)) {
      return end;
    }
  }
  return std::nullopt;
}

std::vector<EndLabel> endLabels(QCustomPlot& canvas, const CurveSet& curves) {
  std::vector<EndLabel> labels;
  const QRect box = canvas.axisRect()->rect();
  for (const auto& [id, curve] : curves.curves()) {
    const auto last = lastPointUpTo(curve, canvas.xAxis->range().upper, curves.isLogarithmic());
    if (!last || curve.name.isEmpty() || !curve.graph->visible() ||
        curve.x[*last] < canvas.xAxis->range().lower) {
      continue;
    }
    const double y = canvas.yAxis->coordToPixel(curve.y[*last]);
    // Curves that end almost at the edge are named in one column beside it.
    const double end = canvas.xAxis->coordToPixel(curve.x[*last]);
    const double x = box.right() - end < kColumnReach ? box.right() + 1 : end;
    const double bottom = std::max(box.top(), box.bottom());
    labels.push_back({QPointF(x + kGap, std::clamp<double>(y, box.top(), bottom)), &curve});
  }
  return labels;
}

/// Keeps as many labels as there is room for: emphasized curves first, then in their order.
void keepWhatFits(std::vector<EndLabel>& labels, double height, double room) {
  const auto most = static_cast<std::size_t>(std::max(1.0, room / height));
  if (labels.size() <= most) {
    return;
  }
  std::stable_sort(labels.begin(), labels.end(), [](const EndLabel& a, const EndLabel& b) {
    const auto rank = [](const EndLabel& label) {
      return label.curve->style.emphasis == CurveStyle::Emphasis::Strong ? 0 : 1;
    };
    return rank(a) < rank(b);
  });
  labels.resize(most);
}

/// Moves labels apart vertically, keeping their order, inside [top, bottom].
void spread(std::span<EndLabel> labels, double height, double top, double bottom) {
  std::sort(labels.begin(), labels.end(),
            [](const EndLabel& a, const EndLabel& b) { return a.place.y() < b.place.y(); });
  double floor = top;
  for (EndLabel& label : labels) {
    label.place.setY(std::max(label.place.y(), floor));
    floor = label.place.y() + height;
  }
  double ceiling = bottom;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    label->place.setY(std::min(label->place.y(), ceiling));
    ceiling = label->place.y() - height;
  }
}

}  // namespace

int endLabelWidth(const CurveSet& curves, const QFont& font, int width) {
  const QFontMetrics metrics(font);
  int widest = 0;
  for (const auto& [id, curve] : curves.curves()) {
    if (curve.graph->visible()) {
      widest = std::max(widest, metrics.horizontalAdvance(curve.name));
    }
  }
  return std::max(kSmallestMargin, std::min(widest + 2 * static_cast<int>(kGap), width / 3));
}

void paintEndLabels(QCPPainter& painter, QCustomPlot& canvas, const CurveSet& curves,
                    const QFont& font, const Theme& theme) {
  painter.setFont(font);
  const QFontMetricsF metrics(font);
  const QRect box = canvas.axisRect()->rect();
  std::vector<EndLabel> labels = endLabels(canvas, curves);
  keepWhatFits(labels, metrics.height(), box.height() + metrics.height());
  // Names in the column beside the axes do not make way for those of curves that end before it.
  const auto inner =
      std::stable_partition(labels.begin(), labels.end(),
                            [&](const EndLabel& label) { return label.place.x() <= box.right(); });
  spread({labels.begin(), inner}, metrics.height(), box.top(), box.bottom());
  spread({inner, labels.end()}, metrics.height(), box.top(), box.bottom());
  for (const EndLabel& label : labels) {
    const double room = canvas.viewport().width() - label.place.x();
    const QString name = metrics.elidedText(label.curve->name, Qt::ElideRight, room);
    if (label.place.x() <= box.right()) {
      QColor veil = theme.base;
      veil.setAlpha(kVeilAlpha);
      painter.fillRect(QRectF(label.place.x() - 2, label.place.y() - metrics.height() / 2,
                              metrics.horizontalAdvance(name) + 4, metrics.height()),
                       veil);
    }
    painter.setPen(mixed(label.curve->style.colorOn(theme.isDark), theme.text, 0.25));
    painter.drawText(
        QPointF(label.place.x(), label.place.y() + (metrics.ascent() - metrics.descent()) / 2),
        name);
  }
}

void paintMarker(QCPPainter& painter, QCustomPlot& canvas, double x, const Theme& theme) {
  if (!canvas.xAxis->range().contains(x)) {
    return;
  }
  const QRect box = canvas.axisRect()->rect();
  const double pixel = std::round(canvas.xAxis->coordToPixel(x)) + 0.5;
  painter.setPen(QPen(theme.selection, 1));
  painter.drawLine(QLineF(pixel, box.top(), pixel, box.bottom()));
}

void paintReadout(QCPPainter& painter, QCustomPlot& canvas, const CurveSet& curves, QPointF pointer,
                  const QFont& font, const Theme& theme) {
  const QRect box = canvas.axisRect()->rect();
  if (!curves.hasPoints() || !box.contains(pointer.toPoint())) {
    return;
  }
  const double x = canvas.xAxis->pixelToCoord(pointer.x());
  QString words;
  for (const auto& [id, curve] : curves.curves()) {
    const auto point = lastPointUpTo(curve, x, curves.isLogarithmic());
    if (point && !curve.name.isEmpty() && curve.graph->visible()) {
      words += QStringLiteral("\n%1  %2").arg(curve.name, shortNumberText(curve.y[*point]));
    }
  }
  if (words.isEmpty()) {
    return;
  }
  painter.setPen(QPen(theme.axis, 1));
  painter.drawLine(QLineF(pointer.x(), box.top(), pointer.x(), box.bottom()));
  painter.setFont(font);
  const QString axis = canvas.xAxis->label();
  // Far out the pointer is between steps, which are whole.
  const QString place =
      canvas.xAxis->range().size() > kWholeFrom ? tickText(std::round(x)) : shortNumberText(x);
  paintCard(painter, (axis.isEmpty() ? QString() : axis + QLatin1Char(' ')) + place + words,
            pointer, canvas.viewport(), theme);
}

QCPRange movedRange(const QCPAxis& axis, const QCPRange& range, double pixels) {
  const bool horizontal = axis.orientation() == Qt::Horizontal;
  const QRect box = axis.axisRect()->rect();
  const double part =
      horizontal ? -pixels / std::max(1, box.width()) : pixels / std::max(1, box.height());
  if (axis.scaleType() == QCPAxis::stLogarithmic) {
    const double factor = std::pow(range.upper / range.lower, part);
    return {range.lower * factor, range.upper * factor};
  }
  return {range.lower + part * range.size(), range.upper + part * range.size()};
}

}  // namespace embedscope::plots
