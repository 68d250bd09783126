// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/exact_index.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::neighbors {
namespace {

using base::RowMatrix;
using testing::ElementsAre;

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

table::TablePtr tableOf(const RowMatrix& values) {
  table::Vocabulary labels;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    labels.append("w" + std::to_string(row));
  }
  return std::make_shared<table::EmbeddingTable>("t", labels, values);
}

std::vector<std::int64_t> rowsOf(const std::vector<Neighbor>& neighbors) {
  std::vector<std::int64_t> rows;
  for (const Neighbor& neighbor : neighbors) {
    rows.push_back(neighbor.row);
  }
  return rows;
}

RowMatrix randomRows(Eigen::Index n, Eigen::Index d) {
  base::RandomStream random(4, 2);
  RowMatrix rows(n, d);
  for (Eigen::Index row = 0; row < n; ++row) {
    for (Eigen::Index j = 0; j < d; ++j) {
      rows(row, j) = static_cast<float>(random.normal());
    }
  }
  return rows;
}

TEST(ExactIndex, AgreesWithGensimAndNumPy) {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/neighbors/neighbors.json");
  const auto reference = nlohmann::json::parse(in);
  const auto& lines = reference.at("rows");
  RowMatrix values(static_cast<Eigen::Index>(lines.size()),
                   static_cast<Eigen::Index>(lines[0].size()));
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      values(i, j) = lines[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  const table::TablePtr table = tableOf(values);
  for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean, Metric::Manhattan}) {
    const ExactIndex index(table, metric);
    for (const auto& query : reference.at("queries")) {
      const std::vector<Neighbor> found = index.nearestOfRow(query.at("row"), 10);
      const auto& expected = query.at(std::string(metricName(metric)));
      ASSERT_EQ(found.size(), 10U);
      for (std::size_t i = 0; i < 10; ++i) {
        const float score = expected[i][1];
        EXPECT_EQ(found[i].row, expected[i][0]) << metricName(metric) << ' ' << i;
        EXPECT_NEAR(found[i].score, score, 1e-5F * std::max(1.0F, std::abs(score)));
      }
    }
  }
}

TEST(ExactIndex, DimensionsOfEveryRemainder) {
  for (Eigen::Index d = 1; d <= 40; ++d) {
    const RowMatrix values = randomRows(5, d);
    const ExactIndex dot(tableOf(values), Metric::Dot);
    const ExactIndex manhattan(tableOf(values), Metric::Manhattan);
    const Eigen::RowVectorXd query = values.row(0).cast<double>();
    for (const Neighbor& neighbor : dot.nearestOfRow(0, 4)) {
      EXPECT_NEAR(neighbor.score, values.row(neighbor.row).cast<double>().dot(query), 1e-5) << d;
    }
    for (const Neighbor& neighbor : manhattan.nearestOfRow(0, 4)) {
      EXPECT_NEAR(neighbor.score,
                  (values.row(neighbor.row).cast<double>() - query).cwiseAbs().sum(), 2e-5)
          << d;
    }
  }
}

TEST(ExactIndex, ThreadCountsGiveEqualAnswersAlsoWithTies) {
  RowMatrix values(10'000, 3);
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    values.row(row) << static_cast<float>(row % 5), static_cast<float>(row % 3), 1;
  }
  for (const Metric metric : {Metric::Cosine, Metric::Euclidean}) {
    base::setThreadCount(1);
    const std::vector<Neighbor> one = ExactIndex(tableOf(values), metric).nearestOfRow(8, 700);
    ASSERT_EQ(one.size(), 700U);
    EXPECT_THAT(std::vector(one.begin(), one.begin() + 3),
                ElementsAre(Neighbor{23, one[0].score}, Neighbor{38, one[0].score},
                            Neighbor{53, one[0].score}));
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      EXPECT_EQ(ExactIndex(tableOf(values), metric).nearestOfRow(8, 700), one);
    }
  }
  base::setThreadCount(0);
}

TEST(ExactIndex, LeavesOutWhatItIsToldAndClips) {
  RowMatrix values(4, 1);
  values << 0, 1, 2, 3;
  const ExactIndex index(tableOf(values), Metric::Euclidean);
  const std::vector<float> query = {0};
  const std::vector<std::int64_t> exclude = {3, 0, 3};
  EXPECT_THAT(rowsOf(index.nearest(query, 10, exclude)), ElementsAre(1, 2));
  EXPECT_THAT(rowsOf(index.nearest(query, 2)), ElementsAre(0, 1));
  EXPECT_THAT(rowsOf(index.nearestOfRow(2, std::numeric_limits<std::int64_t>::max())),
              ElementsAre(1, 3, 0));
}

TEST(ExactIndex, OddRows) {
  RowMatrix values(6, 2);
  values << 1, 0, kNaN, 1, 0, 0, kInf, 0, -2, 0, 3e25F, 3e25F;
  const ExactIndex index(tableOf(values), Metric::Cosine);
  const std::vector<Neighbor> found = index.nearestOfRow(0, 10);
  ASSERT_THAT(rowsOf(found), ElementsAre(5, 2, 4));
  EXPECT_NEAR(found[0].score, std::sqrt(0.5F), 1e-6F);
  EXPECT_EQ(found[1].score, 0);
  EXPECT_EQ(found[2].score, -1);
  for (const Neighbor& neighbor : index.nearestOfRow(2, 10)) {
    EXPECT_EQ(neighbor.score, 0);
  }
  EXPECT_THROW(index.nearestOfRow(1, 1), base::Error);

  RowMatrix tiny(2, 2);
  tiny << 1e-30F, 1e-30F, 1e-30F, 0;
  EXPECT_NEAR(ExactIndex(tableOf(tiny), Metric::Cosine).nearestOfRow(0, 1)[0].score,
              std::sqrt(0.5F), 1e-6F);
}

/// The score by its definition, in double; nothing for rows that have none.
std::optional<double> naiveScore(Metric metric, const Eigen::RowVectorXf& row,
                                 const Eigen::RowVectorXf& query) {
  if (!row.allFinite()) {
    return {};
  }
  const Eigen::RowVectorXd x = row.cast<double>();
  const Eigen::RowVectorXd q = query.cast<double>();
  switch (metric) {
    case Metric::Cosine:
      return x.norm() * q.norm() > 0 ? x.dot(q) / (x.norm() * q.norm()) : 0;
    case Metric::Dot:
      return x.dot(q);
    case Metric::Euclidean:
      return (x - q).norm();
    case Metric::Manhattan:
      break;
  }
  return (x - q).lpNorm<1>();
}

TEST(ExactIndex, AgreesWithADefinitionInDoubleOnRowsOfAllSizes) {
  RowMatrix values = randomRows(600, 9);
  base::RandomStream random(1, 1);
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    values.row(row) *= std::pow(10.0F, static_cast<float>(random.uniform(-44, 37.5)));
    if (row % 50 == 49) {
      values(row, 3) = row % 100 == 99 ? kNaN : -kInf;
    }
  }
  values.middleRows(100, 5).setZero();
  const table::TablePtr table = tableOf(values);
  for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean, Metric::Manhattan}) {
    for (const Eigen::Index row : {0, 1, 2, 3, 5, 8, 100, 333}) {
      const auto found = ExactIndex(table, metric).nearestOfRow(row, 600);
      EXPECT_EQ(found.size(), 600U - 12 - 1);
      double last = found.empty() ? 0 : static_cast<double>(found[0].score);
      for (const Neighbor& neighbor : found) {
        const auto expected = naiveScore(metric, values.row(neighbor.row), values.row(row));
        ASSERT_TRUE(expected) << neighbor.row;
        const auto score = static_cast<double>(neighbor.score);
        EXPECT_TRUE(largerIsNearer(metric) ? score <= last : score >= last);
        last = score;
        // Beyond float32 a product is infinite; a product of long rows may cancel.
        const double size = metric == Metric::Cosine ? 1
                            : metric == Metric::Dot
                                ? values.row(neighbor.row).cast<double>().norm() *
                                      values.row(row).cast<double>().norm()
                                : *expected;
        if (std::abs(*expected) < 3e38) {
          EXPECT_NEAR(score, *expected, 2e-6 * size + 1e-44)
              << metricName(metric) << ' ' << row << ' ' << neighbor.row;
        }
      }
    }
  }
}

TEST(ExactIndex, RefusesWhatDoesNotFitAndStops) {
  const ExactIndex index(tableOf(randomRows(3, 2)), Metric::Dot);
  const std::vector<float> query = {1, 2};
  EXPECT_THROW(index.nearest(std::vector<float>{1}, 1), base::Error);
  EXPECT_THROW(index.nearest(query, 0), base::Error);
  EXPECT_THROW(index.nearestOfRow(3, 1), base::Error);
  try {
    index.nearest(std::vector<float>{kInf, 1}, 1);
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::NonFinite);
  }
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(index.nearest(query, 1, {}, base::TaskContext(stop.get_token(), {})).empty());
}

TEST(Metric, NamesGoBothWays) {
  for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean, Metric::Manhattan}) {
    EXPECT_EQ(metricFromName(metricName(metric)), metric);
  }
  EXPECT_FALSE(metricFromName("hamming"));
}

}  // namespace
}  // namespace embedscope::neighbors
