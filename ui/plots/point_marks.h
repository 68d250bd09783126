// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/place_mark.h"
#include "ui/plots/point_layer.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace embedscope::plots {

/// What is emphasized in a point cloud, above the points.
struct PointMarks {
  std::function<QString(qint64 row)> label;
  std::vector<float> importance;  ///< of labels that compete; rows beyond the end have none
  std::vector<qint64> highlighted;
  std::vector<qint64> distant;  ///< those of them whose links are dashed
  std::optional<qint64> selected;
  qint64 hovered = -1;
  std::optional<PlaceMark> extra;
  bool linksVisible = false;

  /// The label of a row, or its number when there are no labels.
  QString labelOf(qint64 row) const;

  /// Those of rising rows whose labels matter most, the most important first.
  std::vector<qint64> mostImportant(const std::vector<qint64>& rows, std::size_t limit) const;
};

/// Links, emphasized points, the extra mark, and labels: of the selected point and the extra mark
/// always, of others where there is room, the emphasized ones first.
void paintPointMarks(QCPPainter& painter, const PointLayer& layer, const PointMarks& marks,
                     const QFont& font, const Theme& theme);

/// The point under the pointer and its card.
void paintHovered(QCPPainter& painter, const PointLayer& layer, const PointMarks& marks,
                  const QRectF& bounds, const QFont& font, const Theme& theme);

}  // namespace embedscope::plots
