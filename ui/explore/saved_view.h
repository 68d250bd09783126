// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "ui/explore/axes.h"
#include "ui/explore/color_scheme.h"
#include "ui/plots/space_camera.h"

#include <QByteArray>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::explore {

/// How a table was looked at, under a name.
struct SavedView {
  QString name;
  Axes axes;
  QString colorColumn;  ///< as ColorPanel names it; empty: one color
  Pins pins;            ///< of that column
  std::vector<std::int64_t> selection;
  std::optional<std::int64_t> currentRow;
  std::optional<QRectF> plane;               ///< the part that was shown; nothing: all of it
  std::optional<plots::SpaceCamera> camera;  ///< of points in space

  /// Where the rows lay, of pictures that cannot be drawn again at once; null for others.
  std::shared_ptr<const base::RowMatrix> points;
  QString recipe;  ///< of those points
};

/// The views as a JSON object, for a file of their own.
/// @param rows  n of the table they are of.
QByteArray viewsJson(const std::vector<SavedView>& views, std::int64_t rows);

/// Reads what viewsJson wrote, and the bookmarks of the Embedding Projector (a JSON array of its
/// states), as far as there is something like it here: components, axes between labels, t-SNE and
/// UMAP by the coordinates they hold, selected points.
///
/// @param rows       n of the table they are for.
/// @param dimension  d of it.
/// @throws Error BadData: not JSON, neither of both, or of a table with another number of rows.
std::vector<SavedView> viewsFromJson(const QByteArray& json, std::int64_t rows,
                                     std::int64_t dimension);

}  // namespace embedscope::explore
