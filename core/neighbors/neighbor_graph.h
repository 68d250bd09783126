// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/neighbors/exact_index.h"

#include <cstdint>
#include <optional>

namespace embedscope::neighbors {

using RowNumbers = Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The k nearest other rows of every row of a table.
struct NeighborGraph {
  RowNumbers rows;            ///< n × k, nearest first; equally near ones: smaller row first
  base::RowMatrix distances;  ///< n × k, rising: 1 − cosine in [0, 2], or the Euclidean length
  bool isExact = true;        ///< every row was compared with every other
};

struct NeighborGraphOptions {
  Eigen::Index k = 15;              ///< 1 ≤ k < n
  Metric metric = Metric::Cosine;   ///< or Euclidean
  Eigen::Index exactUpTo = 20'000;  ///< tables of more rows get an approximate graph
  std::uint64_t seed = 1;           ///< of the approximate graph
};

/// Finds the k nearest other rows of every row.
///
/// Up to `exactUpTo` rows all pairs are compared, by blocked matrix products in float32 that choose
/// k + 8 candidates, which are then ordered by their differences; so rows whose distances agree to
/// about 6 digits may change places only at the end of the list. Beyond, rows are compared with
/// those that random-projection trees put near them and with those rows' neighbors, after Dong,
/// Moses, Li, "Efficient k-nearest neighbor graph construction", WWW 2011,
/// doi:10.1145/1963405.1963487. How much of the truth that finds, `sampledRecall` tells.
///
/// @param rows     n × d, finite; n ≤ 2³¹ − 1. Equal rows are neighbors at distance 0; a zero row
///                 has cosine 0 with every row.
/// @param context  polled every few milliseconds.
/// @return nothing when stopped. The same bits for any thread count.
/// @throws Error InvalidArgument: k < 1 or k ≥ n, no columns, another metric. NonFinite: a row
///         holds NaN or infinity.
/// Cost: exact O(n²·d), approximate about O(n·d·log n); memory one copy of the rows and 8·n·(k + 8)
/// bytes.
std::optional<NeighborGraph> neighborGraph(const Eigen::Ref<const base::RowMatrix>& rows,
                                           const NeighborGraphOptions& options,
                                           const base::TaskContext& context = {});

/// The share of true neighbors that a graph holds, measured on some of its rows by looking at every
/// row. Another row at the same distance as a true neighbor counts as one.
///
/// @param rows, metric  those that the graph was made of.
/// @param sample        how many rows, 1 or more; clipped to n. Drawn by `seed` without repetition.
/// @return in [0, 1]; nothing when stopped.
/// Cost O(sample·n·d), parallel, the same bits for any thread count.
std::optional<double> sampledRecall(const NeighborGraph& graph,
                                    const Eigen::Ref<const base::RowMatrix>& rows, Metric metric,
                                    Eigen::Index sample, std::uint64_t seed = 1,
                                    const base::TaskContext& context = {});

}  // namespace embedscope::neighbors
