// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/similarity_matrix.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/neighbors/grouped_order.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>

namespace embedscope::neighbors {
namespace {

using testing::ElementsAre;
using Places = std::vector<std::int64_t>;

Places firstRows(std::int64_t count) {
  Places rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

struct Reference {
  table::TablePtr table;
  nlohmann::json json;
};

Reference reference() {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/neighbors/linkage.json");
  auto json = nlohmann::json::parse(in);
  const auto rows = json.at("rows").get<std::vector<std::vector<float>>>();
  return {tests::makeTable(std::vector<std::string>(rows.size(), "row"), rows), json};
}

TEST(SimilarityMatrix, HasTheCosinesOfSciPy) {
  const auto [table, json] = reference();
  const auto matrix =
      similarityMatrix(*table, firstRows(table->rowCount()), Metric::Cosine).value();
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
      EXPECT_NEAR(matrix(i, j), json.at("cosine")[i][j].get<float>(), 2e-6F);
    }
  }
}

TEST(SimilarityMatrix, KnowsEveryMetric) {
  const auto table = tests::makeTable({"a", "b", "c"}, {{3, 4}, {0, 0}, {6, 8}});
  const Places rows{2, 0, 1};
  const auto matrix = [&](Metric metric) { return *similarityMatrix(*table, rows, metric); };
  EXPECT_EQ(matrix(Metric::Dot), (Eigen::Matrix3f{{100, 50, 0}, {50, 25, 0}, {0, 0, 0}}));
  EXPECT_EQ(matrix(Metric::Euclidean), (Eigen::Matrix3f{{0, 5, 10}, {5, 0, 5}, {10, 5, 0}}));
  EXPECT_EQ(matrix(Metric::Manhattan), (Eigen::Matrix3f{{0, 7, 14}, {7, 0, 7}, {14, 7, 0}}));
  EXPECT_TRUE(matrix(Metric::Cosine).isApprox(Eigen::Matrix3f{{1, 1, 0}, {1, 1, 0}, {0, 0, 0}}));
}

TEST(SimilarityMatrix, TellsWhatCannotBeCompared) {
  const auto table =
      tests::makeTable({"a", "b"}, {{1, 2}, {std::numeric_limits<float>::infinity(), 0}});
  const auto matrix = similarityMatrix(*table, firstRows(2), Metric::Cosine).value();
  EXPECT_FLOAT_EQ(matrix(0, 0), 1);
  EXPECT_TRUE(std::isnan(matrix(0, 1)));
  EXPECT_TRUE(std::isnan(matrix(1, 1)));
  EXPECT_THROW(similarityMatrix(*table, Places{2}, Metric::Cosine), base::Error);
  EXPECT_THROW(similarityMatrix(*table, Places(50'000), Metric::Cosine), base::Error);
}

TEST(SimilarityMatrix, IsTheSameForAnyThreadCount) {
  const auto table = tests::randomTable(120, 17);
  base::setThreadCount(1);
  const auto first = similarityMatrix(*table, firstRows(120), Metric::Cosine).value();
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(similarityMatrix(*table, firstRows(120), Metric::Cosine).value(), first) << threads;
  }
  base::setThreadCount(0);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(similarityMatrix(*table, firstRows(120), Metric::Cosine,
                                base::TaskContext(stop.get_token(), {})));
}

/// Every group of SciPy's average linkage stands in one piece.
TEST(GroupedOrder, HasTheGroupsOfSciPy) {
  const auto [table, json] = reference();
  const auto matrix =
      similarityMatrix(*table, firstRows(table->rowCount()), Metric::Cosine).value();
  const Places order = groupedOrder(matrix, true).value();
  Places place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
  }
  ASSERT_EQ(json.at("groups").size(), order.size() - 1);
  for (const auto& group : json.at("groups")) {
    Places places;
    for (const auto& row : group) {
      places.push_back(place[row.get<std::size_t>()]);
    }
    const auto [first, last] = std::ranges::minmax(places);
    EXPECT_EQ(last - first + 1, std::ssize(places)) << group;
  }
}

TEST(GroupedOrder, LaysARowOfPointsOutAsItIs) {
  const std::vector<float> along{3, 0, 4, 1, 2};
  base::RowMatrix distances(5, 5);
  for (Eigen::Index i = 0; i < 5; ++i) {
    for (Eigen::Index j = 0; j < 5; ++j) {
      distances(i, j) =
          std::abs(along[static_cast<std::size_t>(i)] - 1.01F * along[static_cast<std::size_t>(j)]);
    }
  }
  distances = (distances + distances.transpose()).eval();
  EXPECT_THAT(*groupedOrder(distances, false),
              testing::AnyOf(ElementsAre(1, 3, 4, 0, 2), ElementsAre(2, 0, 4, 3, 1)));
}

TEST(GroupedOrder, TakesWhatCannotBeComparedToTheEnd) {
  const float none = std::numeric_limits<float>::quiet_NaN();
  const base::RowMatrix nearness{{1, none, 0.9F, 0.1F},
                                 {none, none, none, none},
                                 {0.9F, none, 1, 0.2F},
                                 {0.1F, none, 0.2F, 1}};
  EXPECT_THAT(*groupedOrder(nearness, true),
              testing::AnyOf(ElementsAre(0, 2, 3, 1), ElementsAre(1, 3, 2, 0)));
  EXPECT_THAT(*groupedOrder(base::RowMatrix::Ones(1, 1), true), ElementsAre(0));
  EXPECT_THAT(*groupedOrder(base::RowMatrix(0, 0), true), ElementsAre());
}

}  // namespace
}  // namespace embedscope::neighbors
