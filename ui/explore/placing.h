// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/projection/layout.h"
#include "core/table/embedding_table.h"
#include "ui/explore/axes.h"
#include "ui/explore/projector.h"

#include <QString>

#include <memory>
#include <optional>

namespace embedscope::explore {

/// A picture into which rows are to be placed, with all that this takes.
struct PlacingPicture {
  table::TablePtr table;
  Axes axes;
  std::shared_ptr<const base::RowMatrix> points;    ///< n × 2 or n × 3
  PrincipalPtr principal;                           ///< of Kind::Components
  std::optional<projection::LayoutOptions> layout;  ///< of UMAP and t-SNE
};

/// Where new rows lie in a picture: on the same components, dimensions or axes between labels; in
/// UMAP and t-SNE by their nearest rows of the table, as projection::placeRows has it. They are
/// prepared as the rows of the picture were.
///
/// @param rows  m × d.
/// @return m × 2 or m × 3, NaN where a row has no place; nothing when stopped.
/// @throws Error as projection::placeRows and placeOnAxes.
std::optional<base::RowMatrix> placesIn(const PlacingPicture& picture,
                                        const Eigen::Ref<const base::RowMatrix>& rows,
                                        const base::TaskContext& context = {});

/// The points of a picture and of the rows of another table placed into it, as one table: labels
/// and metadata of both, the picture's rows first, and a column that tells which row is of which
/// table.
///
/// @param places  m × as many columns as the picture's points, for the rows of `other`.
/// @param column  the name of that column; an older one of the name gives way.
table::TablePtr togetherTable(const PlacingPicture& picture, const table::EmbeddingTable& other,
                              const base::RowMatrix& places, const QString& name,
                              const QString& column);

}  // namespace embedscope::explore
