// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

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

/// Those of a row's neighbors in the table that are not among its nearest points in a picture:
/// those that the picture put far away.
///
/// @param points  n × c; a row that is not finite is never near.
/// @param row     0 ≤ row < n.
/// @param rows    the neighbors, without `row` itself.
/// @param among   how many points count as near, 1 or more; clipped to those there are.
/// @return in the order given; all of them when `row` is not finite. Cost O(n·c).
std::vector<std::int64_t> neighborsLost(const Eigen::Ref<const base::RowMatrix>& points,
                                        std::int64_t row, std::span<const std::int64_t> rows,
                                        std::size_t among);

}  // namespace embedscope::projection
