// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/point_images.h"

#include <algorithm>
#include <cmath>

namespace embedscope::plots {

namespace {

constexpr double kPointSide = 36;  // logical pixels, at most
constexpr double kCardSide = 128;
constexpr double kFrame = 2;
constexpr double kPadding = 6;
constexpr double kGap = 12;

/// The size of an image that fits into a square; small ones are enlarged in whole steps, so that
/// their pixels stay sharp.
QSizeF fittedSize(const QImage& image, double side) {
  const QSizeF size = image.size();
  const double fit = side / std::max({size.width(), size.height(), 1.0});
  return size * (fit > 1 ? std::floor(fit) : fit);
}

void drawImage(QCPPainter& painter, const QImage& image, const QRectF& place) {
  painter.save();
  painter.setRenderHint(QPainter::SmoothPixmapTransform, place.width() < image.width());
  painter.drawImage(place, image);
  painter.restore();
}

}  // namespace

void paintPointImages(QCPPainter& painter, const PointLayer& layer, const ImageProvider& imageOf,
                      const Theme& theme) {
  const std::vector<qint64>& shown = layer.shownRows();
  if (shown.size() > kMostPointImages) {
    return;
  }
  // The first rows matter most, so they are drawn last.
  for (auto row = shown.rbegin(); row != shown.rend(); ++row) {
    const auto point = layer.pointOf(*row);
    const QImage image = point ? imageOf(*row) : QImage();
    if (image.isNull()) {
      continue;
    }
    QRectF place(QPointF(), fittedSize(image, kPointSide));
    place.moveCenter(layer.view().toPixel(*point));
    painter.setPen(QPen(layer.markOf(*row).color, kFrame));
    painter.setBrush(theme.base);
    painter.drawRect(place.adjusted(-1, -1, 1, 1));
    drawImage(painter, image, place);
  }
}

void paintImageCard(QCPPainter& painter, const QImage& image, QPointF anchor, const QRectF& bounds,
                    const Theme& theme) {
  const QSizeF size = fittedSize(image, kCardSide);
  QRectF card(QPointF(), size + QSizeF(2 * kPadding, 2 * kPadding));
  card.moveTopLeft(anchor + QPointF(kGap, kGap));
  if (card.right() > bounds.right()) {
    card.moveRight(anchor.x() - kGap);
  }
  if (card.bottom() > bounds.bottom()) {
    card.moveBottom(bounds.bottom());
  }
  painter.setPen(QPen(theme.border, 1));
  painter.setBrush(theme.isDark ? mixed(theme.base, theme.text, 0.1) : theme.base);
  painter.drawRoundedRect(card.translated(0.5, 0.5), 4, 4);
  drawImage(painter, image, QRectF(card.topLeft() + QPointF(kPadding, kPadding), size));
}

}  // namespace embedscope::plots
