// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/hnsw_index.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::neighbors {
namespace {

using base::RowMatrix;

table::TablePtr tableOf(const RowMatrix& values) {
  table::Vocabulary labels;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    labels.append("w" + std::to_string(row));
  }
  return std::make_shared<table::EmbeddingTable>("t", labels, values);
}

/// The answers to the first queries.
std::vector<std::vector<Neighbor>> answersOf(const HnswIndex& index, std::int64_t queries) {
  std::vector<std::vector<Neighbor>> answers;
  for (std::int64_t row = 0; row < queries; ++row) {
    answers.push_back(index.nearestOfRow(row, 10, 30));
  }
  return answers;
}

TEST(HnswIndex, FindsNearlyAllTrueNeighbors) {
  const table::TablePtr table = tableOf(tests::clusteredRows(6000, 24, 40));
  for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean}) {
    const auto index = HnswIndex::build(table, metric);
    EXPECT_GT(index->sampledRecall(10, 200).value(), 0.97) << metricName(metric);
    EXPECT_GE(index->sampledRecall(10, 100, 400).value(),
              index->sampledRecall(10, 100, 10).value());
  }
}

TEST(HnswIndex, RecallIsTheShareOfTrueNeighbors) {
  const table::TablePtr table = tableOf(tests::clusteredRows(3000, 24, 40));
  const auto index = HnswIndex::build(table, Metric::Euclidean, {4, 4, 1});
  std::int64_t hits = 0;
  for (std::int64_t row = 0; row < 3000; ++row) {
    const auto truth = index->exact().nearestOfRow(row, 10);
    for (const Neighbor& found : index->nearestOfRow(row, 10, 10)) {
      hits += found.score <= truth.back().score ? 1 : 0;
    }
  }
  EXPECT_LT(hits, 30'000);
  EXPECT_DOUBLE_EQ(index->sampledRecall(10, 3000, 10).value(), static_cast<double>(hits) / 30'000);
}

TEST(HnswIndex, ScoresAreThoseOfTheExactIndex) {
  const table::TablePtr table = tableOf(tests::clusteredRows(2000, 15, 10));
  const auto index = HnswIndex::build(table, Metric::Cosine);
  const std::vector<float> query = index->exact().prepared(table->row(5));
  const std::vector<std::int64_t> exclude = {5, 15};
  for (const Neighbor& neighbor : index->nearest(table->row(5), 50, exclude)) {
    EXPECT_EQ(neighbor.score, index->exact().score(neighbor.row, query));
    EXPECT_TRUE(neighbor.row != 5 && neighbor.row != 15);
  }
}

TEST(HnswIndex, ThreadCountsGiveEqualBits) {
  const table::TablePtr table = tableOf(tests::clusteredRows(4000, 12, 20));
  base::setThreadCount(1);
  const auto one = answersOf(*HnswIndex::build(table, Metric::Cosine, {6, 20, 3}), 500);
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(answersOf(*HnswIndex::build(table, Metric::Cosine, {6, 20, 3}), 500), one);
  }
  EXPECT_NE(answersOf(*HnswIndex::build(table, Metric::Cosine, {6, 20, 4}), 500), one);
  base::setThreadCount(0);
}

TEST(HnswIndex, OddTables) {
  for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean}) {
    const auto single = HnswIndex::build(tableOf(RowMatrix::Ones(1, 3)), metric);
    EXPECT_TRUE(single->nearestOfRow(0, 5).empty());
    EXPECT_EQ(single->sampledRecall(5, 10).value(), 1);
    const auto equal = HnswIndex::build(tableOf(RowMatrix::Ones(3000, 3)), metric);
    EXPECT_EQ(equal->nearestOfRow(7, 5).size(), 5U);
    EXPECT_EQ(equal->sampledRecall(5, 10).value(), 1);
    const auto zeros = HnswIndex::build(tableOf(RowMatrix::Zero(3000, 3)), metric);
    EXPECT_EQ(zeros->nearestOfRow(7, 5).size(), 5U);
    const auto few = HnswIndex::build(tableOf(tests::clusteredRows(20, 4, 2)), metric);
    EXPECT_EQ(few->nearestOfRow(3, 100), few->exact().nearestOfRow(3, 100));
  }
}

TEST(HnswIndex, RowsThatFloatsCannotCompareAreFoundToo) {
  RowMatrix rows = tests::clusteredRows(2000, 6, 5);
  rows.row(10).setConstant(std::numeric_limits<float>::quiet_NaN());
  rows(11, 2) = std::numeric_limits<float>::infinity();
  rows.row(12) = rows.row(0) * 1e37F;
  rows.row(13) = rows.row(0) * 1e-36F;
  const table::TablePtr table = tableOf(rows);
  const auto cosine = HnswIndex::build(table, Metric::Cosine);
  const auto found = cosine->nearestOfRow(0, 2);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].row + found[1].row, 12 + 13);
  EXPECT_EQ(HnswIndex::build(table, Metric::Dot)->nearestOfRow(0, 1)[0].row, 12);
  EXPECT_EQ(cosine->nearestOfRow(0, 5000, 5000).size(), 1997U);
}

TEST(HnswIndex, RefusesWhatDoesNotFitAndStops) {
  const table::TablePtr table = tableOf(tests::clusteredRows(50, 4, 2));
  EXPECT_THROW(HnswIndex::build(table, Metric::Manhattan), base::Error);
  EXPECT_THROW(HnswIndex::build(table, Metric::Dot, {1, 100, 1}), base::Error);
  EXPECT_THROW(HnswIndex::build(table, Metric::Dot, {16, 15, 1}), base::Error);
  const auto index = HnswIndex::build(table, Metric::Dot);
  EXPECT_THROW(index->nearestOfRow(50, 1), base::Error);
  EXPECT_THROW(index->nearestOfRow(0, 0), base::Error);
  EXPECT_THROW(index->nearest(std::vector<float>{1}, 1), base::Error);
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext stopped(stop.get_token(), {});
  EXPECT_EQ(HnswIndex::build(table, Metric::Dot, {}, {}, stopped), nullptr);
  EXPECT_EQ(HnswIndex::build(table, Metric::Dot, {}, RoundedRows::of(*table), stopped), nullptr);
  EXPECT_FALSE(index->sampledRecall(3, 5, 10, 1, stopped));
}

TEST(HnswIndex, TellsHowFarItIs) {
  double last = 0;
  const base::TaskContext context({}, [&](double fraction) {
    EXPECT_GE(fraction, last);
    last = fraction;
  });
  ASSERT_TRUE(
      HnswIndex::build(tableOf(tests::clusteredRows(2000, 4, 2)), Metric::Dot, {}, {}, context));
  EXPECT_EQ(last, 1);
}

}  // namespace
}  // namespace embedscope::neighbors
