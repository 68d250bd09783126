// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// Answers many queries at once: products of blocks of rows with all queries choose, within proven
/// bounds, the few rows that ExactIndex then scores; so every answer has the bits of the query
/// asked alone.
///
/// The products are those of numbers rounded to 8 bits (PanelPass), where the processor multiplies
/// them faster than floats and the queries are many enough, or the index has its rows rounded; else
/// those of float32 (EstimatePass), as always for Manhattan.
///
/// @param queries   q × d, finite.
/// @param excluded  q rows, one to leave out for each query; −1 for none.
/// @param k         k ≥ 1.
/// @return q lists, nearest first; no lists when stopped.
/// Cost O(q·n·d) products, parallel over blocks of rows; memory 12·d bytes for each query of a
/// batch of up to 1,024, at most 200 MB, and for each of its queries and each thread about 80·k
/// bytes and at most 100 kB more. Queries that too many rows are about equally near to are asked
/// alone, and so is every one where there are fewer than five or k is more than an eighth of the
/// rows.
std::vector<std::vector<Neighbor>> nearestOfQueries(const ExactIndex& index,
                                                    const base::RowMatrix& queries,
                                                    std::span<const std::int64_t> excluded,
                                                    std::int64_t k,
                                                    const base::TaskContext& context);

}  // namespace embedscope::neighbors
