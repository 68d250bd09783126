// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/hdbscan.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/clusters/condensed_tree.h"
#include "core/clusters/reachability_tree.h"
#include "core/neighbors/graph_rows.h"

#include <algorithm>
#include <string>
#include <utility>

namespace embedscope::clusters {

namespace {

using base::Error;
using base::ErrorCode;
using neighbors::Metric;

constexpr double kBytesOfNeighbor = 20;  // in the lists, the graph and the tree
constexpr double kMostBytes = 8e9;

/// How many samples the options mean for these rows.
Eigen::Index samplesOf(const Eigen::Ref<const base::RowMatrix>& rows,
                       const HdbscanOptions& options) {
  const auto wanted = options.minSamples > 0 ? static_cast<std::int64_t>(options.minSamples)
                                             : options.minClusterSize;
  return static_cast<Eigen::Index>(std::min<std::int64_t>(wanted, rows.rows()));
}

void check(const Eigen::Ref<const base::RowMatrix>& rows, const HdbscanOptions& options) {
  const auto refuse = [](const std::string& sentence) {
    throw Error(ErrorCode::InvalidArgument, sentence);
  };
  if (rows.rows() < 2 || rows.cols() < 1) {
    refuse("clusters by density need at least 2 rows and 1 column");
  }
  if (options.minClusterSize < 2) {
    refuse("a cluster needs at least 2 rows, not " + std::to_string(options.minClusterSize));
  }
  if (options.minSamples < 0) {
    refuse("the rows that a dense place takes cannot be " + std::to_string(options.minSamples));
  }
  if (options.metric != Metric::Euclidean && options.metric != Metric::Cosine) {
    refuse("clusters by density take the metric euclidean or cosine, not " +
           std::string(neighbors::metricName(options.metric)));
  }
  const double bytes = kBytesOfNeighbor * static_cast<double>(rows.rows()) *
                       static_cast<double>(samplesOf(rows, options));
  if (bytes > kMostBytes) {
    refuse("the nearest " + std::to_string(samplesOf(rows, options)) + " of each of " +
           std::to_string(rows.rows()) + " rows would take " + base::byteSize(bytes) +
           ": ask for fewer samples, which need not be as many as the rows of a cluster");
  }
  requireFiniteRows(rows);
}

/// Which clusters of the tree are taken: none below another one.
std::vector<char> chosenClusters(const CondensedTree& tree, const HdbscanOptions& options) {
  const std::size_t count = tree.clusters.size();
  std::vector<char> isChosen(count);
  std::vector<double> below(count);  // the stability of what is chosen below
  for (std::size_t i = count; i-- > 0;) {
    const CondensedTree::Cluster& cluster = tree.clusters[i];
    const bool isRoot = cluster.parent < 0;
    const bool lasts = options.choice == ClusterChoice::Finest ? !cluster.hasChildren
                                                               : cluster.stability >= below[i];
    isChosen[i] = lasts && !isRoot ? 1 : 0;
    if (!isRoot) {
      below[static_cast<std::size_t>(cluster.parent)] +=
          isChosen[i] != 0 ? cluster.stability : below[i];
    }
  }
  for (std::size_t i = 1; i < count; ++i) {  // parents come first
    const auto parent = static_cast<std::size_t>(tree.clusters[i].parent);
    if (isChosen[parent] != 0) {
      isChosen[i] = 2;  // within a chosen one
    }
  }
  return isChosen;
}

/// The chosen cluster that each cluster is or lies in; −1: none.
std::vector<std::int32_t> chosenAbove(const CondensedTree& tree, const HdbscanOptions& options) {
  const std::vector<char> isChosen = chosenClusters(tree, options);
  std::vector<std::int32_t> above(tree.clusters.size(), -1);
  for (std::size_t i = 0; i < above.size(); ++i) {
    if (isChosen[i] == 1) {
      above[i] = static_cast<std::int32_t>(i);
    } else if (tree.clusters[i].parent >= 0) {
      above[i] = above[static_cast<std::size_t>(tree.clusters[i].parent)];
    }
  }
  return above;
}

HdbscanResult labelled(const CondensedTree& tree, const HdbscanOptions& options) {
  const std::vector<std::int32_t> above = chosenAbove(tree, options);
  HdbscanResult result;
  std::vector<std::int32_t> clusters(tree.cluster.size(), Clustering::kNoise);
  result.strength.resize(tree.cluster.size());
  for (std::size_t row = 0; row < clusters.size(); ++row) {
    const std::int32_t own = above[static_cast<std::size_t>(tree.cluster[row])];
    if (own >= 0) {
      clusters[row] = own;
      const double last = tree.clusters[static_cast<std::size_t>(own)].lastLeaving;
      result.strength[row] = static_cast<float>(std::min(1.0, tree.leaving[row] / last));
    }
  }
  result.clustering = orderedBySize(std::move(clusters));
  return result;
}

}  // namespace

std::optional<HdbscanResult> hdbscan(const Eigen::Ref<const base::RowMatrix>& rows,
                                     const HdbscanOptions& options,
                                     const base::TaskContext& context) {
  check(rows, options);
  ReachabilityOptions reachability;
  reachability.minSamples = samplesOf(rows, options);
  reachability.exactUpTo = options.exactUpTo;
  reachability.seed = options.seed;
  const std::optional<ReachabilityTree> tree =
      options.metric == Metric::Cosine
          ? reachabilityTree(neighbors::GraphRows(rows, Metric::Cosine).values(), reachability,
                             context)
          : reachabilityTree(rows, reachability, context);
  if (!tree) {
    return {};
  }
  HdbscanResult result = labelled(condensedTree(tree->edges, options.minClusterSize), options);
  result.isExact = tree->isExact;
  context.report(1);
  return result;
}

}  // namespace embedscope::clusters
