// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/exact_index.h"
#include "core/neighbors/rounded_rows.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// The k rows nearest to a query, found by a first look at rounded rows: each row's score lies
/// between two bounds, rows whose better bound is behind the k-th best worse bound are out with
/// proof, and the few others are scored as ExactIndex scores them. So the answer has the bits, and
/// the order of ties, of a search that looks at every row itself.
///
/// @param query    prepared by the index.
/// @param rounded  of the index's table.
/// @param k        k ≥ 1.
/// @return nothing where that does not pay, since too many rows cannot be told apart by their
///         rounded numbers, k is no small part of the rows, the query is zeros, or the metric is
///         Manhattan. An empty list when stopped.
/// Cost: O(n·d) over a quarter of the table's bytes, parallel.
std::optional<std::vector<Neighbor>> certifiedNearest(const ExactIndex& index,
                                                      const RoundedRows& rounded,
                                                      std::span<const float> query, std::int64_t k,
                                                      std::span<const std::int64_t> exclude,
                                                      const base::TaskContext& context);

}  // namespace embedscope::neighbors
