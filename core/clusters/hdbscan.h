// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/clusters/clustering.h"
#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::clusters {

/// Which of the clusters within clusters are taken.
enum class ClusterChoice {
  Stable,  ///< those that last longest, "excess of mass"
  Finest,  ///< those that hold no smaller ones, "leaf"
};

struct HdbscanOptions {
  std::int64_t minClusterSize = 15;  ///< ≥ 2: fewer rows are noise and no cluster
  Eigen::Index minSamples = 0;  ///< ≥ 1: how many rows, itself counted, a row needs near it to be
                                ///< in a dense place; more make more noise. 0: as minClusterSize
  neighbors::Metric metric = neighbors::Metric::Euclidean;  ///< or Cosine: rows of length 1
  ClusterChoice choice = ClusterChoice::Stable;
  Eigen::Index exactUpTo = 20'000;  ///< rows; beyond, neighbors are searched approximately
  std::uint64_t seed = 1;           ///< of the approximate search
};

struct HdbscanResult {
  Clustering clustering;        ///< rows in no dense place are noise
  std::vector<float> strength;  ///< n: how much a row belongs to its cluster, in [0, 1]; noise: 0
  bool isExact = true;          ///< of the spanning tree behind it
};

/// Finds clusters as dense places with thinner ones between them, of any shape and number, and
/// rows that belong to none: HDBSCAN*, Campello, Moulavi, Sander, PAKDD 2013,
/// doi:10.1007/978-3-642-37456-2_14, with the condensed tree of McInnes, Healy, ICDMW 2017,
/// doi:10.1109/ICDMW.2017.12.
///
/// There are two clusters or more, or none: all rows together are no cluster. A row counts among
/// its own neighbors, as in the paper and in scikit-learn. What is exact, and
/// what is not beyond `exactUpTo` rows, reachability_tree.h tells; all that follows the tree is
/// exact. Where edges are equally long, they are cut in the order of their rows.
///
/// @param rows     n × d, n ≥ 2, finite: vectors, or the points of a picture of them.
/// @param context  polled every few milliseconds.
/// @return nothing when stopped. The same bits for any thread count; there is no chance in it up to
///         `exactUpTo` rows.
/// @throws Error InvalidArgument: fewer than 2 rows, no columns, options out of their ranges,
///         another metric, too many samples for the memory. NonFinite: a row holds NaN or infinity.
/// Cost: that of reachabilityTree; memory O(n·minSamples), refused beyond 8 GB.
std::optional<HdbscanResult> hdbscan(const Eigen::Ref<const base::RowMatrix>& rows,
                                     const HdbscanOptions& options,
                                     const base::TaskContext& context = {});

}  // namespace embedscope::clusters
