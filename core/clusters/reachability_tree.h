// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::clusters {

/// Two rows, and the mutual reachability distance between them.
struct TreeEdge {
  std::int32_t a = 0;  ///< the smaller row
  std::int32_t b = 0;
  float distance = 0;  ///< Euclidean, in the unit of the rows

  /// Shorter edges first, then by rows.
  bool operator<(const TreeEdge& other) const {
    return distance != other.distance ? distance < other.distance
           : a != other.a             ? a < other.a
                                      : b < other.b;
  }
};

struct ReachabilityOptions {
  Eigen::Index minSamples = 5;  ///< ≥ 1: a row's core distance is that to its minSamples-th nearest
                                ///< row, itself being the first; clipped to n
  Eigen::Index exactUpTo = 20'000;  ///< rows; beyond, neighbors are searched approximately
  std::uint64_t seed = 1;           ///< of the approximate search
};

struct ReachabilityTree {
  std::vector<TreeEdge> edges;       ///< n − 1, shortest first
  std::vector<float> coreDistances;  ///< n
  bool isExact = true;
};

/// The minimum spanning tree of all rows, where the distance of two rows is the largest of their
/// Euclidean distance and their core distances: Campello, Moulavi, Sander, PAKDD 2013,
/// doi:10.1007/978-3-642-37456-2_14.
///
/// Borůvka's rounds over lists of the nearest neighbors of each row. Up to `exactUpTo` rows the
/// tree is exact: what the lists cannot prove is searched among all rows, by products in float32,
/// so that edges whose lengths agree to about 6 digits may stand for each other. Beyond, the lists
/// are approximate and trusted; only parts that they do not join at all are joined by comparing up
/// to 256 rows of each smaller part with all rows.
///
/// @param rows  n × d, n ≥ 2, d ≥ 1, finite.
/// @return nothing when stopped. The same bits for any thread count.
/// Cost: that of neighborGraph, then O(n·log n) where clusters hold together, up to
/// O(n²·d·log n) where far parts have to be joined exactly.
std::optional<ReachabilityTree> reachabilityTree(const Eigen::Ref<const base::RowMatrix>& rows,
                                                 const ReachabilityOptions& options,
                                                 const base::TaskContext& context = {});

}  // namespace embedscope::clusters
