// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/theme.h"

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>

#include <span>
#include <vector>

namespace embedscope::plots {

/// How much a label matters.
enum class LabelRank {
  Usual,        ///< placed beside its point where nothing lies
  Highlighted,  ///< may also cover usual points and lie a little farther away
  Selected,     ///< bold; placed in any case, at the worst over marks
};

/// A label that wants a place near its point.
struct LabelRequest {
  QPointF point;
  QString text;
  double radius = 4;  ///< of the mark, to keep clear of
  LabelRank rank = LabelRank::Usual;
};

struct PlacedLabel {
  QRectF place;
  QString text;
  std::size_t request = 0;
};

/// The font of a label of this rank.
QFont labelFont(const QFont& base, LabelRank rank);

/// Gives labels places beside, above or below their points, first come first served: no two
/// overlap, all lie inside `bounds`, and a label without a free place is left out.
///
/// @param requests   in the order of their importance: the selected one, then highlighted ones,
///                   then the others.
/// @param obstacles  the marks of usual points: usual labels never cover them, highlighted ones
///                   only when there is no other place.
/// @param limit      how many usual labels are placed at most.
std::vector<PlacedLabel> placeLabels(std::span<const LabelRequest> requests,
                                     std::span<const QRectF> obstacles, const QFont& font,
                                     const QRectF& bounds, std::size_t limit);

/// Text with a halo in the color of the ground, readable on points and lines.
void paintHaloText(QPainter& painter, const QRectF& place, const QString& text, const QColor& ink,
                   const QColor& halo);

}  // namespace embedscope::plots
