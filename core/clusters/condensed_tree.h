// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clusters/reachability_tree.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::clusters {

/// What becomes of the rows as edges are cut from the longest on: a tree of clusters of at least
/// a smallest size. McInnes, Healy, "Accelerated hierarchical density based clustering", ICDMW
/// 2017, doi:10.1109/ICDMW.2017.12.
struct CondensedTree {
  struct Cluster {
    std::int32_t parent = -1;  ///< −1: the root, which holds all rows
    double birth = 0;          ///< 1 / distance at which it became one of its own
    double stability = 0;      ///< summed over what leaves it: rows · (their leaving − birth)
    double lastLeaving = 0;    ///< 1 / distance at which the last row leaves it, or it parts
    std::int64_t size = 0;     ///< rows at its birth
    bool hasChildren = false;
  };

  std::vector<Cluster> clusters;      ///< parents before their children; the first is the root
  std::vector<std::int32_t> cluster;  ///< n: the last cluster that each row was in
  std::vector<double> leaving;        ///< n: 1 / distance at which it left that
};

/// @param edges           the n − 1 of a spanning tree, shortest first. Edges without length count
///                        as 1e−9 of the longest, so that nothing is infinite.
/// @param minClusterSize  ≥ 2.
/// Cost O(n), beside the sorting that is done.
CondensedTree condensedTree(std::span<const TreeEdge> edges, std::int64_t minClusterSize);

}  // namespace embedscope::clusters
