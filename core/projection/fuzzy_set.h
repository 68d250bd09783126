// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/neighbor_graph.h"

#include <cstdint>
#include <span>
#include <vector>

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

/// A weighted undirected graph over the rows, in (0, 1]: how much two rows belong together.
struct FuzzySet {
  std::vector<std::size_t> begins;   ///< n + 1: where each row's edges begin
  std::vector<std::int32_t> others;  ///< the other ends, rising within a row; every edge twice
  std::vector<float> weights;        ///< the same at both ends of an edge
};

/// The fuzzy union of every row's view of its neighbors, p + q − p·q: McInnes, Healy, Melville
/// 2018, arXiv:1802.03426, sections 3.1 and 4.1. The numbers are those of umap-learn with
/// local_connectivity 1 and set_op_mix_ratio 1; n_neighbors there counts the row itself and is k
/// + 1.
///
/// Cost O(n·k), parallel, the same bits for any thread count.
FuzzySet fuzzySet(const neighbors::NeighborGraph& graph);

}  // namespace embedscope::projection
