// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/random.h"
#include "core/base/task_context.h"

#include <cstdint>
#include <vector>

namespace embedscope::neighbors {

/// The leaves of a random-projection tree: groups of rows that lie near each other.
struct ProjectionTree {
  std::vector<std::int32_t> order;  ///< all n rows, leaf by leaf
  std::vector<std::size_t> begins;  ///< where each leaf begins in `order`, and n at the end
};

/// Halves the rows again and again at the median of their projection onto the line through two
/// random ones. Dasgupta, Freund 2008, doi:10.1145/1374376.1374452; the line through two rows
/// instead of a random one follows the data's own spread.
///
/// @param rows      n × d, finite.
/// @param leafSize  at least 2; leaves hold at most that many rows, and more than half of it.
/// @param context   polled once per split; the leaves are worthless when it stopped.
/// Cost O(n·d·log(n / leafSize)), one thread.
ProjectionTree growTree(const base::RowMatrix& rows, Eigen::Index leafSize,
                        base::RandomStream random, const base::TaskContext& context);

}  // namespace embedscope::neighbors
