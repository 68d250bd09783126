// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"
#include "core/projection/symmetric_edges.h"

#include <optional>
#include <span>

namespace embedscope::projection {

/// How one row measures closeness: neighbors up to `nearest` belong to it fully, farther ones fade
/// with exp(−(distance − nearest) / scale).
struct LocalScale {
  float nearest = 0;  ///< the smallest distance above 0; 0 when there is none
  float scale = 1;
};

/// The scale at which the memberships of a row's neighbors add up to log₂(neighbors + 1).
///
/// @param distances  to the k neighbors, rising.
/// @param mean       of all distances of the graph, each row counted as its own neighbor: where
///                   every neighbor is at distance 0, the scale does not fall below a thousandth of
///                   it; elsewhere not below a thousandth of the row's own mean.
LocalScale localScale(std::span<const float> distances, double mean);

/// The scale of a row that is not among those it is compared with: the memberships exp(−distance /
/// scale) of its neighbors, but for the nearest, add up to log₂(neighbors), as in umap-learn's
/// `transform`. Not below a thousandth of their mean distance.
///
/// @param distances  to the k neighbors, rising, k ≥ 1.
float newRowScale(std::span<const float> distances);

/// The fuzzy union of every row's view of its neighbors, p + q − p·q: McInnes, Healy, Melville
/// 2018, arXiv:1802.03426, sections 3.1 and 4.1. The numbers are those of umap-learn with
/// local_connectivity 1 and set_op_mix_ratio 1; n_neighbors there counts the row itself and is k
/// + 1.
///
/// @return weights in (0, 1]; nothing when stopped.
/// Cost O(n·k), parallel, the same bits for any thread count.
std::optional<SymmetricEdges> fuzzySet(const neighbors::NeighborGraph& graph,
                                       const base::TaskContext& context = {});

}  // namespace embedscope::projection
