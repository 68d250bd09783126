// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/embedding_table.h"

#include <QString>

namespace embedscope::explore {

/// The points of a picture as a table of their own: the labels and metadata of the rows they stand
/// for, and their coordinates as vectors.
///
/// @param points  n × 2, a point for each row of `table`. Cost O(n).
table::TablePtr coordinateTable(const table::EmbeddingTable& table, const base::RowMatrix& points,
                                const QString& name);

}  // namespace embedscope::explore
