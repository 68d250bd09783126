// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"
#include "core/table/row_set.h"

namespace embedscope::neighbors {

/// Some rows together with the k nearest other rows of each of them. Rows that hold NaN or infinity
/// have no neighbors.
///
/// @param rows  of as many rows as the table of the index has.
/// @param k     k ≥ 1.
/// @return the rows as they were when stopped. The same for any number of threads.
/// Cost O(rows.count()·n·d), parallel.
table::RowSet withNeighbors(const ExactIndex& index, const table::RowSet& rows, std::int64_t k,
                            const base::TaskContext& context = {});

}  // namespace embedscope::neighbors
