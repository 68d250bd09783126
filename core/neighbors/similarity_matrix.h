// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <optional>
#include <span>

namespace embedscope::neighbors {

/// How near some rows of a table are to each other, m × m, symmetric.
///
/// @param rows  m rows, 0 ≤ row < rowCount() each.
/// @return nothing when stopped. Values as ExactIndex gives them up to the last bits: a row of
/// zeros
///         has cosine 0 with everything; a row that holds NaN or infinity has NaN with everything.
/// @throws Error InvalidArgument: there is no such row, or the matrix would not fit into memory.
/// Cost O(m²·d), parallel, memory m·(m + d) floats. The same bits for any thread count.
std::optional<base::RowMatrix> similarityMatrix(const table::EmbeddingTable& table,
                                                std::span<const std::int64_t> rows, Metric metric,
                                                const base::TaskContext& context = {});

}  // namespace embedscope::neighbors
