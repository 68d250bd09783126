// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/hdbscan.h"

#include "core/base/error.h"
#include "core/clusters/condensed_tree.h"
#include "tests/core/clusters/clusters_reference.h"
#include "tests/support/clustered_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <stop_token>
#include <vector>

namespace embedscope::clusters {
namespace {

using neighbors::Metric;
using testing::DoubleEq;
using testing::Each;
using testing::ElementsAre;

HdbscanResult run(const base::RowMatrix& rows, const HdbscanOptions& options) {
  return hdbscan(rows, options).value();
}

/// Six rows on a line: three near each other, two, and one far off.
TEST(CondensedTree, IsWhatTheDefinitionSays) {
  // Rows 0-1-2 are 1 apart, 3-4 are 2 apart, the groups 4 apart, row 5 is 8 away.
  const std::vector<TreeEdge> edges = {{0, 1, 1}, {1, 2, 1}, {3, 4, 2}, {2, 3, 4}, {4, 5, 8}};
  const CondensedTree tree = condensedTree(edges, 2);
  ASSERT_EQ(tree.clusters.size(), 3U);
  EXPECT_EQ(tree.clusters[0].size, 6);
  EXPECT_TRUE(tree.clusters[0].hasChildren);
  // One row leaves at 1/8, the other five as two clusters at 1/4.
  EXPECT_THAT(tree.clusters[0].stability, DoubleEq(1.0 / 8 + 5.0 / 4));
  EXPECT_THAT(tree.cluster, ElementsAre(1, 1, 1, 2, 2, 0));
  EXPECT_THAT(tree.leaving, ElementsAre(1, 1, 1, 0.5, 0.5, 0.125));
  EXPECT_THAT(tree.clusters[1].birth, DoubleEq(0.25));
  EXPECT_THAT(tree.clusters[1].stability, DoubleEq(3 * (1 - 0.25)));
  EXPECT_THAT(tree.clusters[2].stability, DoubleEq(2 * (0.5 - 0.25)));
  EXPECT_EQ(tree.clusters[1].parent, 0);
  EXPECT_EQ(condensedTree(edges, 3).clusters.size(), 1U);
}

TEST(Hdbscan, FindsWhatTheDefinitionFinds) {
  for (const char* name : {"moons", "blobs"}) {
    const nlohmann::json& table = reference().at(name);
    const base::RowMatrix rows = rowsOf(table);
    for (const nlohmann::json& known : table.at("density")) {
      const HdbscanOptions options{
          .minClusterSize = known.at("minClusterSize"),
          .minSamples = known.at("minSamples"),
          .choice = known.at("leaves").get<bool>() ? ClusterChoice::Finest : ClusterChoice::Stable};
      const HdbscanResult result = run(rows, options);
      EXPECT_TRUE(result.isExact);
      const auto ambiguous = known.at("ambiguous").get<std::vector<std::size_t>>();
      EXPECT_LE(ambiguous.size(), 3U);
      std::map<std::int32_t, int> theirs;
      std::map<int, std::int32_t> ours;
      for (std::size_t row = 0; row < result.strength.size(); ++row) {
        if (std::ranges::find(ambiguous, row) != ambiguous.end()) {
          continue;  // an equally long edge leads elsewhere
        }
        const int label = known.at("labels")[row];
        const std::int32_t own = result.clustering.clusters[row];
        EXPECT_EQ(own < 0, label < 0) << name << " row " << row;
        EXPECT_EQ(theirs.emplace(own, label).first->second, label) << name << " row " << row;
        EXPECT_EQ(ours.emplace(label, own).first->second, own) << name << " row " << row;
        EXPECT_NEAR(result.strength[row], known.at("strengths")[row].get<double>(), 1e-4)
            << name << " row " << row;
      }
    }
  }
}

TEST(Hdbscan, FindsClustersThatLieApartAndLeavesOutWhatIsFarFromAll) {
  base::RowMatrix rows(1'203, 16);
  rows.topRows(1'200) = tests::clusteredRows(1'200, 16, 6, 0.05);
  rows.bottomRows(3) = 40 * base::RowMatrix::Identity(3, 16);
  const HdbscanResult result = run(rows, {});
  EXPECT_THAT(result.clustering.sizes, ElementsAre(200, 200, 200, 200, 200, 200));
  for (std::size_t row = 6; row < 1'200; ++row) {
    EXPECT_EQ(result.clustering.clusters[row], result.clustering.clusters[row % 6]);
  }
  EXPECT_EQ(result.clustering.noise(), 3);
  EXPECT_EQ(result.strength.back(), 0);
}

TEST(Hdbscan, OfDirectionsForgetsLengths) {
  base::RowMatrix rows = tests::clusteredRows(600, 8, 4, 0.1);
  const HdbscanOptions options{.metric = Metric::Cosine};
  const HdbscanResult before = run(rows, options);
  EXPECT_EQ(before.clustering.count(), 4);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    rows.row(row) *= 1 << (row % 5);
  }
  EXPECT_EQ(run(rows, options).clustering.clusters, before.clustering.clusters);
}

TEST(Hdbscan, FindsTheSameWithApproximateNeighborsWhereClustersAreClear) {
  const base::RowMatrix rows = tests::clusteredRows(4'000, 10, 8, 0.05);
  const HdbscanResult result = run(rows, {.exactUpTo = 100});
  EXPECT_FALSE(result.isExact);
  EXPECT_EQ(result.clustering.clusters, run(rows, {}).clustering.clusters);
}

TEST(Hdbscan, HoldsEqualRows) {
  base::RowMatrix rows(60, 2);
  rows.topRows(30).setConstant(1);
  rows.bottomRows(30).setConstant(5);
  const HdbscanResult result = run(rows, {.minClusterSize = 10});
  EXPECT_THAT(result.clustering.sizes, ElementsAre(30, 30));
  EXPECT_THAT(result.strength, Each(1.0F));
  EXPECT_EQ(run(base::RowMatrix::Ones(30, 2), {}).clustering.noise(), 30);
}

TEST(Hdbscan, GivesTheSameBitsForAnyNumberOfThreads) {
  const base::RowMatrix rows = tests::clusteredRows(2'000, 6, 10, 0.3);
  const auto results = withThreads([&] { return run(rows, {.minClusterSize = 6}); });
  for (const HdbscanResult& result : results) {
    EXPECT_EQ(result.clustering.clusters, results[0].clustering.clusters);
    EXPECT_EQ(result.strength, results[0].strength);
  }
}

TEST(Hdbscan, RefusesWhatCannotBe) {
  const base::RowMatrix rows = tests::clusteredRows(10, 2, 2);
  EXPECT_THROW(run(rows, {.minClusterSize = 1}), base::Error);
  EXPECT_THROW(run(rows, {.minSamples = -1}), base::Error);
  EXPECT_THROW(run(rows, {.metric = Metric::Manhattan}), base::Error);
  EXPECT_THROW(run(rows.topRows(1), {}), base::Error);
  EXPECT_THROW(run(base::RowMatrix::Zero(30'000, 1), {.minClusterSize = 20'000}), base::Error)
      << "12 GB of neighbors";
  base::RowMatrix broken = rows;
  broken(3, 1) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(run(broken, {}), base::Error);
}

TEST(Hdbscan, GivesNothingWhenStoppedAndTellsHowFarItIs) {
  const base::RowMatrix rows = tests::clusteredRows(1'000, 10, 5, 0.05);
  double last = 0;
  const base::TaskContext context({}, [&](double fraction) { last = fraction; });
  EXPECT_TRUE(hdbscan(rows, {}, context).has_value());
  EXPECT_EQ(last, 1);
  std::stop_source stop;
  const base::TaskContext stopping(stop.get_token(), [&](double) { stop.request_stop(); });
  EXPECT_FALSE(hdbscan(rows, {}, stopping).has_value());
}

}  // namespace
}  // namespace embedscope::clusters
