// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_marks.h"

#include "ui/plots/mark_shape.h"
#include "ui/plots/painted_layer.h"
#include "ui/plots/point_labels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::plots {

namespace {

constexpr std::size_t kMostLabels = 60;
constexpr std::size_t kFewPoints = 400;       // up to here labels keep clear of all points
constexpr std::size_t kMostCrowdLabels = 12;  // beyond it only so many are placed
constexpr std::size_t kMostCandidates = 400;
constexpr double kSelectedRadius = 6.5;
constexpr double kHighlightedRadius = 5;
constexpr double kExtraRadius = 7;

struct Placed {
  qint64 row = 0;
  QPointF pixel;
};

/// The emphasized rows that can be seen; the selected one is not among them.
std::vector<Placed> visibleHighlighted(const PointLayer& layer, const PointMarks& marks) {
  std::vector<Placed> visible;
  for (const qint64 row : marks.highlighted) {
    const auto point = layer.pointOf(row);
    if (point && row != marks.selected) {
      visible.push_back({row, layer.view().toPixel(*point)});
    }
  }
  return visible;
}

std::optional<QPointF> extraPixel(const PointLayer& layer, const PointMarks& marks) {
  return marks.extra ? std::optional(layer.view().toPixel(layer.planeOf(*marks.extra)))
                     : std::nullopt;
}

std::vector<LabelRequest> labelRequests(const PointLayer& layer, const PointMarks& marks,
                                        const std::vector<Placed>& highlighted,
                                        const std::optional<QPointF>& selected) {
  std::vector<LabelRequest> requests;
  const QRectF box = layer.view().box();
  if (selected && box.contains(*selected)) {
    requests.push_back(
        {*selected, marks.labelOf(*marks.selected), kSelectedRadius + 1, LabelRank::Selected});
  }
  if (const std::optional<QPointF> extra = extraPixel(layer, marks);
      extra && box.contains(*extra)) {
    requests.push_back({*extra, marks.extra->text, kExtraRadius + 1, LabelRank::Selected});
  }
  for (const Placed& mark : highlighted) {
    if (box.contains(mark.pixel)) {
      requests.push_back(
          {mark.pixel, marks.labelOf(mark.row), kHighlightedRadius + 1, LabelRank::Highlighted});
    }
  }
  if (!marks.label) {
    return requests;
  }
  for (const qint64 row : marks.mostImportant(layer.shownRows(), kMostCandidates)) {
    const bool already = row == marks.selected ||
                         std::find(marks.highlighted.begin(), marks.highlighted.end(), row) !=
                             marks.highlighted.end();
    if (const auto point = layer.pointOf(row); point && !already) {
      requests.push_back({layer.view().toPixel(*point), marks.label(row), layer.radiusOf(row)});
    }
  }
  return requests;
}

/// The marks of the shown points, for labels to keep clear of.
std::vector<QRectF> obstacles(const PointLayer& layer) {
  std::vector<QRectF> rects;
  for (const qint64 row : layer.shownRows()) {
    const double radius = layer.radiusOf(row) - 1;
    const QPointF pixel = layer.view().toPixel(layer.pointOf(row).value_or(QPointF()));
    rects.emplace_back(pixel - QPointF(radius, radius), pixel + QPointF(radius, radius));
  }
  return rects;
}

/// Thin lines; dashed to the distant ones.
void paintLinks(QCPPainter& painter, QPointF from, const std::vector<Placed>& to,
                const std::vector<qint64>& distant, const Theme& theme) {
  QColor faint = theme.selection;
  faint.setAlphaF(0.55F);
  QPen dashed(theme.text, 1);
  dashed.setDashPattern({4, 4});
  for (const Placed& mark : to) {
    const bool isDistant = std::ranges::find(distant, mark.row) != distant.end();
    painter.setPen(isDistant ? dashed : QPen(faint, 1));
    painter.drawLine(QLineF(from, mark.pixel));
  }
}

void paintRing(QCPPainter& painter, QPointF center, double radius, const QColor& fill,
               const QColor& edge) {
  painter.setPen(QPen(edge, 1.5));
  painter.setBrush(fill);
  painter.drawEllipse(center, radius, radius);
}

/// A diamond, so that nobody takes it for a row.
void paintExtra(QCPPainter& painter, QPointF center, const Theme& theme) {
  const double r = kExtraRadius;
  painter.setPen(QPen(theme.base, 1.5));
  painter.setBrush(theme.text);
  painter.drawPolygon(QPolygonF({center + QPointF(0, -r), center + QPointF(r, 0),
                                 center + QPointF(0, r), center + QPointF(-r, 0)}));
}

}  // namespace

QString PointMarks::labelOf(qint64 row) const {
  const QString text = label ? label(row) : QString();
  return text.isEmpty() ? QObject::tr("row %1").arg(row) : text;
}

std::vector<qint64> PointMarks::mostImportant(const std::vector<qint64>& rows,
                                              std::size_t limit) const {
  std::vector<qint64> sorted = rows;
  const auto importanceOf = [this](qint64 row) {
    const auto index = static_cast<std::size_t>(row);
    const bool known = index < importance.size() && !std::isnan(importance[index]);
    return known ? importance[index] : -std::numeric_limits<float>::infinity();
  };
  if (!importance.empty()) {
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](qint64 a, qint64 b) { return importanceOf(a) > importanceOf(b); });
  }
  sorted.resize(std::min(sorted.size(), limit));
  return sorted;
}

void paintPointMarks(QCPPainter& painter, const PointLayer& layer, const PointMarks& marks,
                     const QFont& font, const Theme& theme) {
  const std::vector<Placed> highlighted = visibleHighlighted(layer, marks);
  std::optional<QPointF> selected;
  if (const auto point = layer.pointOf(marks.selected.value_or(-1))) {
    selected = layer.view().toPixel(*point);
  }
  if (selected && marks.linksVisible) {
    paintLinks(painter, *selected, highlighted, marks.distant, theme);
  }
  for (const Placed& mark : highlighted) {
    paintRing(painter, mark.pixel, kHighlightedRadius, layer.markOf(mark.row).color, theme.text);
  }
  if (selected) {
    paintRing(painter, *selected, kSelectedRadius, theme.selection, theme.base);
  }
  if (const std::optional<QPointF> extra = extraPixel(layer, marks)) {
    paintExtra(painter, *extra, theme);
  }
  painter.setFont(font);
  const auto requests = labelRequests(layer, marks, highlighted, selected);
  const bool few = layer.shownRows().size() <= kFewPoints;
  const auto labels = placeLabels(requests, few ? obstacles(layer) : std::vector<QRectF>(), font,
                                  layer.view().box(), few ? kMostLabels : kMostCrowdLabels);
  // The most important label is painted last, on top.
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    const LabelRank rank = requests[label->request].rank;
    const bool isUsual = rank == LabelRank::Usual;
    painter.setFont(labelFont(font, rank));
    // A little wider than measured, so that rounding never wraps the text.
    paintHaloText(painter, label->place.adjusted(-8, 0, 8, 0), label->text,
                  isUsual ? mixed(theme.text, theme.mutedText, 0.7) : theme.text, theme.base);
  }
}

void paintHovered(QCPPainter& painter, const PointLayer& layer, const PointMarks& marks,
                  const QRectF& bounds, const QFont& font, const Theme& theme) {
  const auto point = layer.pointOf(marks.hovered);
  if (!point) {
    return;
  }
  const QPointF pixel = layer.view().toPixel(*point);
  const CategoryMark mark = layer.markOf(marks.hovered);
  painter.setPen(QPen(theme.text, 1.5));
  painter.setBrush(mark.color);
  paintMark(painter, mark.shape, pixel, kHighlightedRadius);
  painter.setFont(font);
  paintCard(painter,
            marks.labelOf(marks.hovered) + QChar(u'\n') + layer.coordinateText(marks.hovered),
            pixel, bounds, theme);
}

}  // namespace embedscope::plots
