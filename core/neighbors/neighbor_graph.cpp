// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/neighbor_graph.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/row_sample.h"
#include "core/neighbors/approximate_graph.h"
#include "core/neighbors/exact_graph.h"
#include "core/neighbors/graph_rows.h"
#include "core/neighbors/nearest_lists.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

/// Beyond k, so that rounding in the products does not push a neighbor out.
constexpr Eigen::Index kSpare = 8;
constexpr Eigen::Index kRowsPerBlock = 1024;

void check(const Eigen::Ref<const base::RowMatrix>& rows, Eigen::Index k) {
  if (rows.rows() > std::numeric_limits<std::int32_t>::max()) {
    throw Error(
        ErrorCode::InvalidArgument,
        "a neighbor graph takes at most 2,147,483,647 rows, not " + std::to_string(rows.rows()));
  }
  if (rows.cols() < 1) {
    throw Error(ErrorCode::InvalidArgument, "a neighbor graph needs at least one column");
  }
  if (k < 1 || k >= rows.rows()) {
    throw Error(ErrorCode::InvalidArgument, "each of " + std::to_string(rows.rows()) +
                                                " rows cannot have " + std::to_string(k) +
                                                " neighbors: at least 1 and fewer than the rows");
  }
}

/// The k nearest of each list, ordered by their exact distances.
NeighborGraph ordered(const GraphRows& rows, const NearestLists& lists, Eigen::Index k,
                      const base::TaskContext& context) {
  NeighborGraph graph{RowNumbers(rows.count(), k), base::RowMatrix(rows.count(), k), true};
  base::parallelBlocks((rows.count() + kRowsPerBlock - 1) / kRowsPerBlock, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    std::vector<std::pair<float, std::int32_t>> near;
    const Eigen::Index end = std::min(rows.count(), (block + 1) * kRowsPerBlock);
    for (Eigen::Index row = block * kRowsPerBlock; row < end; ++row) {
      near.clear();
      for (const std::int32_t id : lists.ids(row)) {
        near.emplace_back(rows.distance(row, id), id);
      }
      std::partial_sort(near.begin(), near.begin() + k, near.end());
      for (Eigen::Index i = 0; i < k; ++i) {
        graph.distances(row, i) = near[static_cast<std::size_t>(i)].first;
        graph.rows(row, i) = near[static_cast<std::size_t>(i)].second;
      }
    }
  });
  return graph;
}

/// How many of a row's listed neighbors are as near as its k-th nearest.
Eigen::Index trueNeighbors(const NeighborGraph& graph, const GraphRows& rows, Eigen::Index row) {
  const Eigen::Index k = graph.rows.cols();
  std::vector<float> distances;
  distances.reserve(static_cast<std::size_t>(rows.count()));
  for (Eigen::Index other = 0; other < rows.count(); ++other) {
    if (other != row) {
      distances.push_back(rows.distance(row, other));
    }
  }
  std::nth_element(distances.begin(), distances.begin() + (k - 1), distances.end());
  const float limit = distances[static_cast<std::size_t>(k - 1)];
  return (graph.distances.row(row).array() <= limit).count();
}

}  // namespace

std::optional<NeighborGraph> neighborGraph(const Eigen::Ref<const base::RowMatrix>& rows,
                                           const NeighborGraphOptions& options,
                                           const base::TaskContext& context) {
  check(rows, options.k);
  const GraphRows prepared(rows, options.metric);
  NearestLists lists(rows.rows(), std::min(options.k + kSpare, rows.rows() - 1));
  const bool isExact = rows.rows() <= options.exactUpTo;
  if (isExact) {
    compareAll(prepared, lists, context.part(0, 0.98));
  } else {
    compareLikely(prepared, lists, options.seed, context.part(0, 0.98));
  }
  if (context.stopRequested()) {
    return {};
  }
  NeighborGraph graph = ordered(prepared, lists, options.k, context);
  if (context.stopRequested()) {
    return {};
  }
  graph.isExact = isExact;
  context.report(1);
  return graph;
}

std::optional<double> sampledRecall(const NeighborGraph& graph,
                                    const Eigen::Ref<const base::RowMatrix>& rows, Metric metric,
                                    Eigen::Index sample, std::uint64_t seed,
                                    const base::TaskContext& context) {
  const GraphRows prepared(rows, metric);
  const std::vector<std::int32_t> chosen = base::sampledRows(rows.rows(), sample, seed);
  std::vector<Eigen::Index> found(chosen.size());
  base::parallelBlocks(static_cast<std::int64_t>(chosen.size()), [&](std::int64_t i) {
    if (!context.stopRequested()) {
      const auto place = static_cast<std::size_t>(i);
      found[place] = trueNeighbors(graph, prepared, chosen[place]);
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  return static_cast<double>(std::accumulate(found.begin(), found.end(), Eigen::Index{0})) /
         static_cast<double>(static_cast<Eigen::Index>(found.size()) * graph.rows.cols());
}

}  // namespace embedscope::neighbors
