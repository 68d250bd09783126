// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QRectF>
#include <QString>

#include <span>
#include <vector>

namespace embedscope::plots {

/// A label that wants a place beside its point.
struct LabelRequest {
  QPointF point;
  QString text;
  double radius = 4;      ///< of the mark, to keep clear of
  bool required = false;  ///< placed even if it must cover another one
};

struct PlacedLabel {
  QRectF place;
  QString text;
  std::size_t request = 0;
};

/// Gives labels places beside, above or below their points, first come first served, without
/// overlaps and inside `bounds`. Required ones come first in `requests` by convention.
/// @param obstacles  what labels that are not required must not cover.
/// @param limit  how many not required labels are placed at most.
std::vector<PlacedLabel> placeLabels(std::span<const LabelRequest> requests,
                                     std::span<const QRectF> obstacles,
                                     const QFontMetricsF& metrics, const QRectF& bounds,
                                     std::size_t limit);

/// Text with a halo in the color of the ground, readable on points and lines.
void paintHaloText(QPainter& painter, const QRectF& place, const QString& text, const QColor& ink,
                   const QColor& halo);

}  // namespace embedscope::plots
