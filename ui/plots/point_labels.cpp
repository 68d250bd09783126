// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_labels.h"

#include <algorithm>
#include <array>

namespace embedscope::plots {

namespace {

constexpr double kGap = 3;
constexpr double kLongestLabel = 180;

/// Places to try, the best first: right, left, above, below, and the corners.
std::array<QRectF, 8> placesAround(const LabelRequest& request, QSizeF size) {
  const double away = request.radius + kGap;
  const double x = request.point.x();
  const double y = request.point.y();
  const double w = size.width();
  const double h = size.height();
  const auto at = [&](double left, double top) { return QRectF(left, top, w, h); };
  return {at(x + away, y - h / 2), at(x - away - w, y - h / 2), at(x - w / 2, y - away - h),
          at(x - w / 2, y + away), at(x + away, y - away - h),  at(x + away, y + away),
          at(x - away - w, y - h), at(x - away - w, y)};
}

QRectF movedInside(QRectF place, const QRectF& bounds) {
  place.moveLeft(std::clamp(place.left(), bounds.left(),
                            std::max(bounds.left(), bounds.right() - place.width())));
  place.moveTop(std::clamp(place.top(), bounds.top(),
                           std::max(bounds.top(), bounds.bottom() - place.height())));
  return place;
}

}  // namespace

std::vector<PlacedLabel> placeLabels(std::span<const LabelRequest> requests,
                                     std::span<const QRectF> obstacles,
                                     const QFontMetricsF& metrics, const QRectF& bounds,
                                     std::size_t limit) {
  std::vector<PlacedLabel> placed;
  std::size_t optionalCount = 0;
  // Marks of required labels must stay visible too.
  std::vector<QRectF> taken;
  for (const LabelRequest& request : requests) {
    if (request.required) {
      const QPointF reach(request.radius, request.radius);
      taken.emplace_back(request.point - reach, request.point + reach);
    }
  }
  const auto covers = [](const QRectF& place, std::span<const QRectF> rects) {
    return std::any_of(rects.begin(), rects.end(),
                       [&](const QRectF& rect) { return rect.intersects(place); });
  };
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const LabelRequest& request = requests[i];
    if (request.text.isEmpty() || (!request.required && optionalCount >= limit)) {
      continue;
    }
    const QString text = metrics.elidedText(request.text, Qt::ElideRight, kLongestLabel);
    const auto places =
        placesAround(request, QSizeF(metrics.horizontalAdvance(text) + 2, metrics.height()));
    const auto* found = std::find_if(places.begin(), places.end(), [&](const QRectF& place) {
      return bounds.contains(place) && !covers(place, taken) &&
             (request.required || !covers(place, obstacles));
    });
    if (found == places.end() && !request.required) {
      continue;
    }
    const QRectF place = found != places.end() ? *found : movedInside(places.front(), bounds);
    taken.push_back(place);
    placed.push_back({place, text, i});
    optionalCount += request.required ? 0U : 1U;
  }
  return placed;
}

void paintHaloText(QPainter& painter, const QRectF& place, const QString& text, const QColor& ink,
                   const QColor& halo) {
  QColor soft = halo;
  soft.setAlphaF(0.75F);
  painter.setPen(soft);
  for (const auto& [x, y] : {std::pair(-1.0, 0.0),
                             {1.0, 0.0},
                             {0.0, -1.0},
                             {0.0, 1.0},
                             {-1.0, -1.0},
                             {1.0, 1.0},
                             {-1.0, 1.0},
                             {1.0, -1.0}}) {
    painter.drawText(place.translated(x, y), Qt::AlignCenter, text);
  }
  painter.setPen(ink);
  painter.drawText(place, Qt::AlignCenter, text);
}

}  // namespace embedscope::plots
