// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/neighbors/exact_index.h"
#include "tests/core/neighbors/table_of_rows.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::neighbors {
namespace {

using base::RowMatrix;

constexpr std::array kMetrics = {Metric::Cosine, Metric::Dot, Metric::Euclidean, Metric::Manhattan};

RowMatrix normalRows(Eigen::Index n, Eigen::Index d, std::uint64_t seed) {
  base::RandomStream random(seed, 0);
  RowMatrix rows(n, d);
  for (Eigen::Index i = 0; i < rows.size(); ++i) {
    rows.data()[i] = static_cast<float>(random.normal());
  }
  return rows;
}

/// All finite rows of a table asked at once, and one by one.
void expectEqualAnswers(const RowMatrix& values, std::initializer_list<std::int64_t> counts,
                        std::int64_t queries) {
  const table::TablePtr table = tableOf(values);
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < queries; ++row) {
    if (values.row(row).allFinite()) {
      rows.push_back(row);
    }
  }
  const std::shared_ptr<const RoundedRows> rounded = RoundedRows::of(*table);
  for (const Metric metric : kMetrics) {
    const ExactIndex index(table, metric);
    const ExactIndex quick(table, metric, rounded);
    for (const std::int64_t k : counts) {
      const auto answers = index.nearestOfRows(rows, k);
      ASSERT_EQ(answers.size(), rows.size());
      EXPECT_EQ(quick.nearestOfRows(rows, k), answers) << metricName(metric) << " k " << k;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(answers[i], index.nearestOfRow(rows[i], k))
            << metricName(metric) << " row " << rows[i] << " k " << k;
      }
    }
  }
}

/// The same query asked many times, with and without rounded rows, and alone over rounded rows.
void expectOneAnswer(const RowMatrix& values, const Eigen::RowVectorXf& query, Metric metric) {
  const table::TablePtr table = tableOf(values);
  const ExactIndex index(table, metric);
  const ExactIndex quick(table, metric, RoundedRows::of(*table));
  const std::span<const float> numbers(query.data(), static_cast<std::size_t>(query.size()));
  const RowMatrix queries = query.replicate(60, 1);
  for (const std::int64_t k : {1, 3}) {
    const std::vector<Neighbor> truth = index.nearest(numbers, k);
    EXPECT_EQ(quick.nearest(numbers, k), truth) << k;
    for (const ExactIndex* one : {&index, &quick}) {
      for (const std::vector<Neighbor>& answer : one->nearestOfMany(queries, k)) {
        ASSERT_EQ(answer, truth) << k;
      }
    }
  }
}

TEST(ManyQueries, DistancesOfVeryLongRowsThatNearlyCancelKeepTheirOrder) {
  constexpr Eigen::Index kDimension = 20'000;
  RowMatrix values = RowMatrix::Constant(200, kDimension, 0.3F);
  for (Eigen::Index row = 180; row < values.rows(); ++row) {
    values.row(row) = 3e-10F * static_cast<float>(row - 170) * normalRows(1, kDimension, 7).row(0);
  }
  expectOneAnswer(values, Eigen::RowVectorXf::Zero(kDimension), Metric::Euclidean);
}

TEST(ManyQueries, ARowOfZerosIsFoundFarFromTheCentre) {
  RowMatrix values = RowMatrix::Constant(64, 4, 2e38F);
  values.row(33).setZero();
  expectOneAnswer(values, Eigen::RowVectorXf::Constant(4, -1), Metric::Cosine);
}

TEST(ManyQueries, AnswerAsOneByOne) {
  expectEqualAnswers(normalRows(2000, 37, 1), {1, 10, 400}, 130);
}

TEST(ManyQueries, RowsFarFromZero) {
  RowMatrix rows = normalRows(3000, 12, 2);
  rows.rowwise() += Eigen::RowVectorXf::Constant(12, 300);
  expectEqualAnswers(rows, {1, 10}, 50);
}

TEST(ManyQueries, Ties) {
  RowMatrix rows(6000, 4);
  base::RandomStream random(3, 0);
  for (Eigen::Index i = 0; i < rows.size(); ++i) {
    rows.data()[i] = static_cast<float>(random.below(3)) - 1;
  }
  expectEqualAnswers(rows, {1, 7, 300}, 60);
}

TEST(ManyQueries, EqualRowsBeyondNumber) {
  RowMatrix rows = RowMatrix::Ones(30'000, 3);
  rows.row(29'999).setConstant(2);
  expectEqualAnswers(rows, {3}, 6);
}

TEST(ManyQueries, NastyRows) {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  RowMatrix rows = normalRows(2500, 10, 4);
  base::RandomStream random(5, 0);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    switch (random.below(16)) {
      case 0:
        rows.row(row).setZero();
        break;
      case 1:
        rows(row, 3) = random.below(2) ? kInf : std::numeric_limits<float>::quiet_NaN();
        break;
      case 2:
        rows.row(row) *= std::pow(10.0F, static_cast<float>(random.uniform(-44, 37.5)));
        break;
      case 3:
        rows.row(row) *= 100;
        break;
      default:
        break;
    }
  }
  expectEqualAnswers(rows, {1, 10, 200}, 80);
}

TEST(ManyQueries, DimensionsThatFillNoRegister) {
  for (const Eigen::Index d : {1, 3, 63, 64, 65, 300}) {
    expectEqualAnswers(normalRows(1100, d, 9), {1, 20}, 70);
  }
}

TEST(ManyQueries, AnyThreadCountAndQueriesThatAreNoRows) {
  const table::TablePtr table = tableOf(normalRows(5000, 16, 6));
  const ExactIndex index(table, Metric::Cosine);
  for (const Eigen::Index count : {20, 150}) {
    const RowMatrix queries = normalRows(count, 16, 7);
    base::setThreadCount(1);
    const auto one = index.nearestOfMany(queries, 25);
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      EXPECT_EQ(index.nearestOfMany(queries, 25), one);
    }
    base::setThreadCount(0);
    for (Eigen::Index i = 0; i < queries.rows(); ++i) {
      EXPECT_EQ(one[static_cast<std::size_t>(i)], index.nearest({queries.row(i).data(), 16}, 25));
    }
  }
  EXPECT_TRUE(index.nearestOfMany(RowMatrix(0, 16), 3).empty());
}

TEST(ManyQueries, MoreThanOneBatch) {
  const table::TablePtr table = tableOf(normalRows(1200, 8, 10));
  const ExactIndex index(table, Metric::Euclidean);
  const RowMatrix queries = normalRows(1100, 8, 11);
  const auto answers = index.nearestOfMany(queries, 4);
  ASSERT_EQ(answers.size(), 1100U);
  for (const Eigen::Index i : {0, 1023, 1024, 1099}) {
    EXPECT_EQ(answers[static_cast<std::size_t>(i)], index.nearest({queries.row(i).data(), 8}, 4));
  }
}

TEST(ManyQueries, RefuseWhatDoesNotFitAndStop) {
  const ExactIndex index(tableOf(normalRows(50, 4, 8)), Metric::Dot);
  EXPECT_THROW(index.nearestOfMany(RowMatrix::Zero(2, 3), 1), base::Error);
  EXPECT_THROW(index.nearestOfMany(RowMatrix::Zero(2, 4), 0), base::Error);
  EXPECT_THROW(index.nearestOfMany(RowMatrix::Constant(1, 4, NAN), 1), base::Error);
  EXPECT_THROW(index.nearestOfRows(std::vector<std::int64_t>{50}, 1), base::Error);
  std::stop_source stop;
  stop.request_stop();
  for (const Eigen::Index queries : {2, 100}) {
    EXPECT_TRUE(
        index.nearestOfMany(RowMatrix::Ones(queries, 4), 1, base::TaskContext(stop.get_token(), {}))
            .empty());
  }
}

TEST(ManyQueries, StopOnTheWay) {
  const ExactIndex index(tableOf(normalRows(6000, 4, 8)), Metric::Dot);
  for (const Eigen::Index queries : {2, 20, 100}) {
    std::stop_source stop;
    const base::TaskContext context(stop.get_token(), [&](double) { stop.request_stop(); });
    EXPECT_TRUE(index.nearestOfMany(RowMatrix::Ones(queries, 4), 1, context).empty());
  }
}

}  // namespace
}  // namespace embedscope::neighbors
