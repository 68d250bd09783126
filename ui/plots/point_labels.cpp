// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_labels.h"

#include <QFontMetricsF>

#include <algorithm>
#include <optional>

namespace embedscope::plots {

namespace {

constexpr double kGap = 3;      // between a mark and its label
constexpr double kSpacing = 2;  // between labels
constexpr double kFartherGap = 12;
constexpr double kFarthestGap = 24;
constexpr double kLongestLabel = 180;

/// Places at a distance, the best first: right, left, above, below, and the corners.
void addPlacesAround(const LabelRequest& request, QSizeF size, double gap,
                     std::vector<QRectF>& places) {
  const double away = request.radius + gap;
  const double x = request.point.x();
  const double y = request.point.y();
  const double w = size.width();
  const double h = size.height();
  for (const QPointF corner :
       {QPointF(x + away, y - h / 2), QPointF(x - away - w, y - h / 2),
        QPointF(x - w / 2, y - away - h), QPointF(x - w / 2, y + away),
        QPointF(x + away, y - away - h), QPointF(x + away, y + away),
        QPointF(x - away - w, y - away - h), QPointF(x - away - w, y + away)}) {
    places.emplace_back(corner, size);
  }
}

std::vector<QRectF> placesFor(const LabelRequest& request, QSizeF size) {
  std::vector<QRectF> places;
  addPlacesAround(request, size, kGap, places);
  if (request.rank != LabelRank::Usual) {
    addPlacesAround(request, size, kFartherGap, places);
    addPlacesAround(request, size, kFarthestGap, places);
  }
  return places;
}

QRectF movedInside(QRectF place, const QRectF& bounds) {
  place.moveLeft(std::clamp(place.left(), bounds.left(),
                            std::max(bounds.left(), bounds.right() - place.width())));
  place.moveTop(std::clamp(place.top(), bounds.top(),
                           std::max(bounds.top(), bounds.bottom() - place.height())));
  return place;
}

/// What labels must keep clear of, by how binding it is.
class Ground {
 public:
  Ground(std::span<const LabelRequest> requests, std::span<const QRectF> obstacles,
         const QRectF& bounds)
      : m_obstacles(obstacles), m_bounds(bounds) {
    for (const LabelRequest& request : requests) {
      if (request.rank != LabelRank::Usual) {
        const QPointF reach(request.radius, request.radius);
        m_marks.emplace_back(request.point - reach, request.point + reach);
      }
    }
  }

  void take(const QRectF& place) { m_labels.push_back(place.adjusted(-kSpacing, 0, kSpacing, 0)); }

  std::optional<QRectF> freePlace(const LabelRequest& request, QSizeF size) const {
    if (size.width() > m_bounds.width() || size.height() > m_bounds.height()) {
      return std::nullopt;
    }
    const std::vector<QRectF> places = placesFor(request, size);
    for (const bool overPoints : {false, true}) {
      for (const QRectF& place : places) {
        if (isFree(place) && (overPoints || !covers(place, m_obstacles))) {
          return place;
        }
      }
      if (request.rank == LabelRank::Usual) {
        return std::nullopt;
      }
    }
    const QRectF last = movedInside(places.front(), m_bounds);
    return request.rank == LabelRank::Selected && !covers(last, m_labels) ? std::optional(last)
                                                                          : std::nullopt;
  }

 private:
  static bool covers(const QRectF& place, std::span<const QRectF> rects) {
    return std::any_of(rects.begin(), rects.end(),
                       [&](const QRectF& rect) { return rect.intersects(place); });
  }

  bool isFree(const QRectF& place) const {
    return m_bounds.contains(place) && !covers(place, m_labels) && !covers(place, m_marks);
  }

  std::span<const QRectF> m_obstacles;
  QRectF m_bounds;
  std::vector<QRectF> m_marks;  // of the selected and the highlighted points
  std::vector<QRectF> m_labels;
};

}  // namespace

QFont labelFont(const QFont& base, LabelRank rank) {
  QFont font = base;
  font.setBold(rank == LabelRank::Selected);
  return font;
}

std::vector<PlacedLabel> placeLabels(std::span<const LabelRequest> requests,
                                     std::span<const QRectF> obstacles, const QFont& font,
                                     const QRectF& bounds, std::size_t limit) {
  const QFontMetricsF plain(labelFont(font, LabelRank::Usual));
  const QFontMetricsF bold(labelFont(font, LabelRank::Selected));
  const double longest = std::min(kLongestLabel, bounds.width() - 2);
  Ground ground(requests, obstacles, bounds);
  std::vector<PlacedLabel> placed;
  std::size_t usualCount = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const LabelRequest& request = requests[i];
    const bool isUsual = request.rank == LabelRank::Usual;
    if (request.text.isEmpty() || (isUsual && usualCount >= limit)) {
      continue;
    }
    const QFontMetricsF& metrics = request.rank == LabelRank::Selected ? bold : plain;
    const QString text = metrics.elidedText(request.text, Qt::ElideRight, longest);
    const QSizeF size(metrics.horizontalAdvance(text) + 2, metrics.height());
    if (const auto place = ground.freePlace(request, size)) {
      ground.take(*place);
      placed.push_back({*place, text, i});
      usualCount += isUsual ? 1U : 0U;
    }
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
