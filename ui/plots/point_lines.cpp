// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_lines.h"

#include <QLineF>

#include <algorithm>

namespace embedscope::plots {

namespace {

constexpr double kThin = 1;
constexpr double kStrong = 2;

/// The parts of a line that touch the box.
QList<QLineF> visibleParts(const PointLayer& layer, const std::vector<std::int64_t>& rows) {
  const QRectF box = layer.view().box();
  QList<QLineF> parts;
  std::optional<QPointF> before;
  for (const std::int64_t row : rows) {
    const auto point = layer.pointOf(row);
    const auto pixel = point ? std::optional(layer.view().toPixel(*point)) : std::nullopt;
    if (before && pixel) {
      const QRectF around = QRectF(*before, *pixel).normalized().adjusted(-1, -1, 1, 1);
      if (around.intersects(box)) {
        parts.emplace_back(*before, *pixel);
      }
    }
    before = pixel;
  }
  return parts;
}

}  // namespace

std::int64_t partCount(const PointLines& lines) {
  std::int64_t count = 0;
  for (const auto& line : lines) {
    count += std::max<std::int64_t>(std::ssize(line) - 1, 0);
  }
  return count;
}

void paintPointLines(QCPPainter& painter, const PointLayer& layer, const PointLines& lines,
                     std::optional<qint64> selected, const Theme& theme) {
  const bool paintsAll = partCount(lines) <= kMostLineParts;
  const auto isSelected = [&](const std::vector<std::int64_t>& line) {
    return selected && std::ranges::find(line, *selected) != line.end();
  };
  painter.setPen(QPen(mixed(theme.base, theme.mutedText, 0.6), kThin));
  for (const auto& line : lines) {
    if (paintsAll && !isSelected(line)) {
      painter.drawLines(visibleParts(layer, line));
    }
  }
  painter.setPen(QPen(theme.selection, kStrong));
  for (const auto& line : lines) {
    if (isSelected(line)) {
      painter.drawLines(visibleParts(layer, line));
    }
  }
}

}  // namespace embedscope::plots
