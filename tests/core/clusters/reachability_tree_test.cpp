// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/reachability_tree.h"

#include "tests/core/clusters/clusters_reference.h"
#include "tests/support/clustered_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <stop_token>

namespace embedscope::clusters {
namespace {

double lengthOf(const std::vector<TreeEdge>& edges) {
  return std::accumulate(edges.begin(), edges.end(), 0.0, [](double sum, const TreeEdge& edge) {
    return sum + static_cast<double>(edge.distance);
  });
}

/// The part of each row when only edges up to a length are left.
std::vector<std::int32_t> partsBelow(const std::vector<TreeEdge>& edges, std::size_t rows,
                                     double limit) {
  std::vector<std::int32_t> parts(rows);
  std::iota(parts.begin(), parts.end(), 0);
  for (const TreeEdge& edge : edges) {
    if (static_cast<double>(edge.distance) <= limit) {
      const std::int32_t from = parts[static_cast<std::size_t>(edge.b)];
      const std::int32_t to = parts[static_cast<std::size_t>(edge.a)];
      std::ranges::replace(parts, from, to);
    }
  }
  return parts;
}

/// Prim's algorithm over all pairs, in double.
double leastLength(const base::RowMatrix& rows, const std::vector<float>& core) {
  const auto n = static_cast<std::size_t>(rows.rows());
  std::vector<double> nearest(n, std::numeric_limits<double>::infinity());
  std::vector<char> isIn(n);
  std::size_t at = 0;
  double sum = 0;
  for (std::size_t step = 1; step < n; ++step) {
    isIn[at] = 1;
    std::size_t next = n;
    for (std::size_t row = 0; row < n; ++row) {
      if (isIn[row] != 0) {
        continue;
      }
      const double distance = (rows.row(static_cast<Eigen::Index>(at)).cast<double>() -
                               rows.row(static_cast<Eigen::Index>(row)).cast<double>())
                                  .norm();
      nearest[row] = std::min(nearest[row], std::max({distance, static_cast<double>(core[at]),
                                                      static_cast<double>(core[row])}));
      if (next == n || nearest[row] < nearest[next]) {
        next = row;
      }
    }
    sum += nearest[next];
    at = next;
  }
  return sum;
}

TEST(ReachabilityTree, IsThatOfSciPy) {
  for (const char* name : {"moons", "blobs"}) {
    const nlohmann::json& table = reference().at(name);
    const base::RowMatrix rows = rowsOf(table);
    for (const nlohmann::json& known : table.at("density")) {
      const ReachabilityTree tree =
          reachabilityTree(rows, {.minSamples = known.at("minSamples").get<Eigen::Index>()})
              .value();
      EXPECT_TRUE(tree.isExact);
      ASSERT_EQ(tree.edges.size(), static_cast<std::size_t>(rows.rows() - 1));
      EXPECT_TRUE(std::ranges::is_sorted(tree.edges, std::less{}));
      EXPECT_NEAR(lengthOf(tree.edges), known.at("treeLength").get<double>(),
                  1e-5 * known.at("treeLength").get<double>());
      for (std::size_t row = 0; row < tree.coreDistances.size(); ++row) {
        EXPECT_NEAR(tree.coreDistances[row], known.at("core")[row].get<double>(), 1e-5);
      }
    }
  }
}

/// Cut at a length, it parts the core points as scikit-learn's DBSCAN does.
TEST(ReachabilityTree, CutAtALengthIsDbscan) {
  for (const char* name : {"moons", "blobs"}) {
    const nlohmann::json& table = reference().at(name);
    const base::RowMatrix rows = rowsOf(table);
    for (const nlohmann::json& known : table.at("density")) {
      const ReachabilityTree tree =
          reachabilityTree(rows, {.minSamples = known.at("minSamples").get<Eigen::Index>()})
              .value();
      for (const nlohmann::json& scan : known.at("dbscan")) {
        const auto parts = partsBelow(tree.edges, static_cast<std::size_t>(rows.rows()),
                                      scan.at("eps").get<double>());
        std::map<std::int32_t, int> theirs;
        std::map<int, std::int32_t> ours;
        for (std::size_t row = 0; row < parts.size(); ++row) {
          const int label = scan.at("labels")[row];
          if (label < 0) {  // no core point: alone, as its core distance is longer
            EXPECT_EQ(std::ranges::count(parts, parts[row]), 1) << row;
            continue;
          }
          EXPECT_EQ(theirs.emplace(parts[row], label).first->second, label);
          EXPECT_EQ(ours.emplace(label, parts[row]).first->second, parts[row]);
        }
      }
    }
  }
}

TEST(ReachabilityTree, IsMinimalWhereClustersLieFarApart) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const base::RowMatrix rows = tests::clusteredRows(700, 5, 7, 0.02, seed);
    for (const Eigen::Index minSamples : {1, 4, 40}) {
      const ReachabilityTree tree = reachabilityTree(rows, {.minSamples = minSamples}).value();
      const double least = leastLength(rows, tree.coreDistances);
      EXPECT_NEAR(lengthOf(tree.edges), least, 1e-5 * least) << seed << " " << minSamples;
    }
  }
}

TEST(ReachabilityTree, IsNearlyMinimalWithApproximateNeighbors) {
  const base::RowMatrix rows = tests::clusteredRows(3'000, 8, 6, 0.1);
  const ReachabilityTree exact = reachabilityTree(rows, {}).value();
  const ReachabilityTree tree = reachabilityTree(rows, {.exactUpTo = 100}).value();
  EXPECT_FALSE(tree.isExact);
  ASSERT_EQ(tree.edges.size(), 2999U);
  EXPECT_LT(lengthOf(tree.edges), 1.03 * lengthOf(exact.edges));
}

TEST(ReachabilityTree, HoldsEqualRowsAndFewRows) {
  base::RowMatrix rows(5, 1);
  rows << 3, 3, 3, 5, 5;
  const ReachabilityTree tree = reachabilityTree(rows, {.minSamples = 2}).value();
  ASSERT_EQ(tree.edges.size(), 4U);
  EXPECT_FLOAT_EQ(static_cast<float>(lengthOf(tree.edges)), 2);
  EXPECT_EQ(reachabilityTree(rows.topRows(2), {.minSamples = 50})->edges.size(), 1U);
  EXPECT_EQ(reachabilityTree(base::RowMatrix::Ones(40, 2), {})->edges.size(), 39U);
}

TEST(ReachabilityTree, IsTheSameForAnyNumberOfThreads) {
  const base::RowMatrix rows = tests::clusteredRows(2'500, 10, 8, 0.05);
  for (const Eigen::Index exactUpTo : {100, 5'000}) {
    const auto trees =
        withThreads([&] { return reachabilityTree(rows, {.exactUpTo = exactUpTo}).value(); });
    for (const ReachabilityTree& tree : trees) {
      EXPECT_EQ(tree.coreDistances, trees[0].coreDistances);
      EXPECT_TRUE(std::ranges::equal(tree.edges, trees[0].edges, [](const auto& a, const auto& b) {
        return a.a == b.a && a.b == b.b && a.distance == b.distance;
      }));
    }
  }
}

TEST(ReachabilityTree, GivesNothingWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(
      reachabilityTree(tests::clusteredRows(300, 4, 3), {}, base::TaskContext(stop.get_token(), {}))
          .has_value());
}

}  // namespace
}  // namespace embedscope::clusters
