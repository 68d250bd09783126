// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/neighbor_graph.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <stop_token>
#include <utility>
#include <vector>

namespace embedscope::neighbors {
namespace {

using base::RowMatrix;
using tests::clusteredRows;

NeighborGraphOptions optionsOf(Eigen::Index k, Metric metric, Eigen::Index exactUpTo = 20'000) {
  return {.k = k, .metric = metric, .exactUpTo = exactUpTo, .seed = 3};
}

/// The distance in double, straight from its definition.
double definedDistance(const RowMatrix& rows, Metric metric, Eigen::Index i, Eigen::Index j) {
  const Eigen::RowVectorXd a = rows.row(i).cast<double>();
  const Eigen::RowVectorXd b = rows.row(j).cast<double>();
  return metric == Metric::Euclidean ? (a - b).norm() : 1 - a.dot(b) / (a.norm() * b.norm());
}

TEST(NeighborGraph, AgreesWithGensimAndNumPy) {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/neighbors/neighbors.json");
  const auto reference = nlohmann::json::parse(in);
  const auto& lines = reference.at("rows");
  RowMatrix rows(static_cast<Eigen::Index>(lines.size()),
                 static_cast<Eigen::Index>(lines[0].size()));
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      rows(i, j) = lines[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  for (const Metric metric : {Metric::Cosine, Metric::Euclidean}) {
    const NeighborGraph graph = neighborGraph(rows, optionsOf(10, metric)).value();
    EXPECT_TRUE(graph.isExact);
    for (const auto& query : reference.at("queries")) {
      const Eigen::Index row = query.at("row");
      const auto& expected = query.at(std::string(metricName(metric)));
      for (Eigen::Index i = 0; i < 10; ++i) {
        const auto& [id, score] =
            expected[static_cast<std::size_t>(i)].get<std::pair<std::int32_t, double>>();
        EXPECT_EQ(graph.rows(row, i), id);
        EXPECT_NEAR(static_cast<double>(graph.distances(row, i)),
                    metric == Metric::Cosine ? 1 - score : score, 2e-6 * (1 + score));
      }
    }
  }
}

TEST(NeighborGraph, FindsWhatComparingAllPairsFinds) {
  const RowMatrix rows = clusteredRows(1100, 7, 9);  // three blocks of rows, the last not full
  for (const Metric metric : {Metric::Cosine, Metric::Euclidean}) {
    const NeighborGraph graph = neighborGraph(rows, optionsOf(5, metric)).value();
    for (Eigen::Index i = 0; i < rows.rows(); i += 37) {
      std::vector<std::pair<double, std::int32_t>> all;
      for (Eigen::Index j = 0; j < rows.rows(); ++j) {
        if (j != i) {
          all.emplace_back(definedDistance(rows, metric, i, j), static_cast<std::int32_t>(j));
        }
      }
      std::sort(all.begin(), all.end());
      for (Eigen::Index rank = 0; rank < 5; ++rank) {
        const auto& [distance, id] = all[static_cast<std::size_t>(rank)];
        EXPECT_EQ(graph.rows(i, rank), id) << "row " << i;
        EXPECT_NEAR(static_cast<double>(graph.distances(i, rank)), distance, 1e-5);
      }
    }
  }
}

TEST(NeighborGraph, ThreadCountsGiveEqualBits) {
  const RowMatrix rows = clusteredRows(1800, 12, 20);
  for (const Eigen::Index exactUpTo : {20'000, 0}) {
    base::setThreadCount(1);
    const NeighborGraph one =
        neighborGraph(rows, optionsOf(8, Metric::Euclidean, exactUpTo)).value();
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      const NeighborGraph many =
          neighborGraph(rows, optionsOf(8, Metric::Euclidean, exactUpTo)).value();
      EXPECT_EQ(many.rows, one.rows);
      EXPECT_EQ(many.distances, one.distances);
    }
    base::setThreadCount(0);
  }
}

TEST(NeighborGraph, ApproximateFindsNearlyAll) {
  const RowMatrix rows = clusteredRows(2500, 40, 25, 1.0);
  for (const Metric metric : {Metric::Cosine, Metric::Euclidean}) {
    const NeighborGraph graph = neighborGraph(rows, optionsOf(15, metric, 0)).value();
    EXPECT_FALSE(graph.isExact);
    const NeighborGraph exact = neighborGraph(rows, optionsOf(15, metric)).value();
    Eigen::Index found = 0;
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
      for (Eigen::Index rank = 0; rank < 15; ++rank) {
        found += (graph.rows.row(i).array() == exact.rows(i, rank)).count();
      }
    }
    const double recall = static_cast<double>(found) / static_cast<double>(exact.rows.size());
    EXPECT_GE(recall, 0.95);
    EXPECT_NEAR(sampledRecall(graph, rows, metric, 2500).value(), recall, 1e-3);
    EXPECT_NEAR(sampledRecall(graph, rows, metric, 300).value(), recall, 0.05);
    EXPECT_EQ(sampledRecall(exact, rows, metric, 100).value(), 1);
  }
}

TEST(NeighborGraph, EqualRowsAndZeros) {
  RowMatrix rows(5, 2);
  rows << 1, 1, 0, 0, 2, 2, 1, 1, -1, -1;
  const NeighborGraph cosine = neighborGraph(rows, optionsOf(4, Metric::Cosine)).value();
  EXPECT_EQ(cosine.rows.row(0), (Eigen::RowVector4i(2, 3, 1, 4)));
  EXPECT_TRUE(cosine.distances.row(0).isApprox(Eigen::RowVector4f(0, 0, 1, 2)));
  EXPECT_EQ(cosine.rows.row(1), (Eigen::RowVector4i(0, 2, 3, 4)));
  EXPECT_EQ(cosine.distances.row(1), Eigen::RowVector4f(1, 1, 1, 1));
  const NeighborGraph euclidean = neighborGraph(rows, optionsOf(2, Metric::Euclidean)).value();
  EXPECT_EQ(euclidean.rows.row(0), (Eigen::RowVector2i(3, 1)));
  EXPECT_EQ(euclidean.distances(0, 0), 0);
  const RowMatrix same = RowMatrix::Ones(600, 3);
  const NeighborGraph equal = neighborGraph(same, optionsOf(3, Metric::Euclidean, 0)).value();
  EXPECT_EQ(equal.distances, RowMatrix::Zero(600, 3));
}

TEST(NeighborGraph, NumbersOfAnySizeFit) {
  const RowMatrix rows = clusteredRows(60, 4, 3);
  const RowMatrix huge = rows * 1e37F;
  const RowMatrix tiny = rows * 1e-37F;
  for (const Metric metric : {Metric::Cosine, Metric::Euclidean}) {
    const NeighborGraph graph = neighborGraph(rows, optionsOf(4, metric)).value();
    EXPECT_EQ(neighborGraph(huge, optionsOf(4, metric)).value().rows, graph.rows);
    EXPECT_EQ(neighborGraph(tiny, optionsOf(4, metric)).value().rows, graph.rows);
  }
}

TEST(NeighborGraph, RefusesWhatHasNoAnswer) {
  const RowMatrix rows = clusteredRows(10, 3, 2);
  EXPECT_THROW(neighborGraph(rows, optionsOf(0, Metric::Cosine)), base::Error);
  EXPECT_THROW(neighborGraph(rows, optionsOf(10, Metric::Cosine)), base::Error);
  EXPECT_THROW(neighborGraph(rows, optionsOf(2, Metric::Dot)), base::Error);
  EXPECT_THROW(neighborGraph(RowMatrix(10, 0), optionsOf(2, Metric::Cosine)), base::Error);
  RowMatrix broken = rows;
  broken(7, 1) = std::numeric_limits<float>::infinity();
  try {
    neighborGraph(broken, optionsOf(2, Metric::Cosine));
    ADD_FAILURE() << "infinity was accepted";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::NonFinite);
    EXPECT_NE(error.sentence().find("row 7 "), std::string::npos);
  }
}

TEST(NeighborGraph, StopsAtTheNextTile) {
  const RowMatrix rows = clusteredRows(3000, 8, 5);
  for (const Eigen::Index exactUpTo : {20'000, 0}) {
    std::stop_source stop;
    double reached = 0;
    const base::TaskContext context(stop.get_token(), [&](double fraction) {
      reached = fraction;
      stop.request_stop();
    });
    EXPECT_FALSE(neighborGraph(rows, optionsOf(8, Metric::Cosine, exactUpTo), context));
    EXPECT_LT(reached, 0.5);
  }
  double reached = 0;
  const base::TaskContext context({}, [&](double fraction) { reached = fraction; });
  EXPECT_TRUE(neighborGraph(rows, optionsOf(8, Metric::Cosine, 0), context));
  EXPECT_EQ(reached, 1);
}

TEST(NeighborGraph, HasAllNeighborsWhereEveryTreePartsTheRowsAlike) {
  constexpr Eigen::Index kCount = 1000;
  constexpr Eigen::Index kNeighbors = 300;
  const base::RowMatrix equal = base::RowMatrix::Ones(kCount, 3);
  const auto graph = neighborGraph(equal, {.k = kNeighbors, .exactUpTo = 0});
  ASSERT_TRUE(graph);
  for (Eigen::Index row = 0; row < kCount; ++row) {
    std::set<std::int32_t> others(graph->rows.row(row).begin(), graph->rows.row(row).end());
    ASSERT_EQ(others.size(), static_cast<std::size_t>(kNeighbors));
    ASSERT_GE(*others.begin(), 0);
    ASSERT_FALSE(others.contains(static_cast<std::int32_t>(row)));
  }
}

}  // namespace
}  // namespace embedscope::neighbors
