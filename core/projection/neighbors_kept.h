// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"

#include <optional>

namespace embedscope::projection {

/// For every row the share of its k neighbors in the table that are among its k nearest points in a
/// picture; a point as far as the k-th nearest counts as among them.
///
/// The mean over all rows is Faithfulness::neighborsKept where the graph is exact and no two
/// points are equally far.
///
/// @param graph   of the table, k neighbors each.
/// @param points  n × 2 or × 3, finite.
/// @return n shares in [0, 1]; nothing when stopped. The same bits for any thread count.
/// @throws Error InvalidArgument: sizes that differ. NonFinite: a point holds NaN or infinity.
/// Cost O(n·(k + log n)), parallel.
std::optional<Eigen::VectorXf> neighborsKept(const neighbors::NeighborGraph& graph,
                                             const Eigen::Ref<const base::RowMatrix>& points,
                                             const base::TaskContext& context = {});

}  // namespace embedscope::projection
