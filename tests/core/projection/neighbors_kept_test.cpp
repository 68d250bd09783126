// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/neighbors_kept.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/faithfulness.h"
#include "core/projection/point_tree.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <stop_token>
#include <vector>

namespace embedscope::projection {
namespace {

using base::RowMatrix;

float kthByLookingAtAll(const RowMatrix& points, Eigen::Index row, Eigen::Index k) {
  std::vector<float> squared;
  for (Eigen::Index other = 0; other < points.rows(); ++other) {
    if (other != row) {
      squared.push_back((points.row(other) - points.row(row)).squaredNorm());
    }
  }
  std::ranges::nth_element(squared, squared.begin() + (k - 1));
  return squared[static_cast<std::size_t>(k - 1)];
}

void expectTreeIsRight(const RowMatrix& points, Eigen::Index k) {
  const PointTree tree(points);
  ASSERT_EQ(tree.count(), points.rows());
  std::vector<float> scratch;
  for (Eigen::Index place = 0; place < tree.count(); ++place) {
    const Eigen::Index row = tree.order()[static_cast<std::size_t>(place)];
    const float expected = kthByLookingAtAll(points, row, k);
    EXPECT_NEAR(tree.kthNearestSquared(place, k, scratch), expected, 1e-5F * expected) << row;
  }
}

TEST(PointTree, FindsWhatLookingAtAllPointsFinds) {
  for (const Eigen::Index axes : {1, 2, 3}) {
    const RowMatrix points = tests::clusteredRows(700, axes, 6);
    expectTreeIsRight(points, 1);
    expectTreeIsRight(points, 15);
    expectTreeIsRight(points, 699);
  }
}

TEST(PointTree, TakesPointsThatLieOnOneAnother) {
  RowMatrix points = RowMatrix::Zero(200, 2);
  points.bottomRows(3).setOnes();
  expectTreeIsRight(points, 5);
  expectTreeIsRight(points, 197);
}

TEST(NeighborsKept, IsTheShareThatFaithfulnessMeasures) {
  const RowMatrix rows = tests::clusteredRows(400, 6, 5);
  const RowMatrix points = rows.leftCols(2);
  const auto graph = neighbors::neighborGraph(rows, {.k = 15});
  const Faithfulness measured = faithfulness(rows, points, {.k = 15}).value();
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    const Eigen::VectorXf kept = neighborsKept(*graph, points).value();
    EXPECT_EQ(kept, measured.rowNeighborsKept) << threads;
  }
  base::setThreadCount(0);
}

TEST(NeighborsKept, IsAllInAPictureThatIsTheTable) {
  const RowMatrix rows = tests::clusteredRows(300, 3, 4);
  const auto graph =
      neighbors::neighborGraph(rows, {.k = 10, .metric = neighbors::Metric::Euclidean});
  EXPECT_EQ(neighborsKept(*graph, rows)->minCoeff(), 1);
}

TEST(NeighborsKept, NamesTheNeighborsThatThePictureLost) {
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  RowMatrix points(6, 2);
  points << 0, 0, 1, 0, 9, 0, 0, 2, kNone, 0, 0, 3;
  const auto lost = [&](std::int64_t row, std::vector<std::int64_t> rows) {
    return neighborsLost(points, row, rows, rows.size());
  };
  using Rows = std::vector<std::int64_t>;
  EXPECT_EQ(lost(0, {2, 1}), Rows{2});
  EXPECT_EQ(lost(0, {1, 3, 5}), Rows());
  EXPECT_EQ(lost(0, {4, 2, 1}), (Rows{4, 2}));
  EXPECT_EQ(lost(4, {0, 1}), (Rows{0, 1}));
  EXPECT_EQ(neighborsLost(points, 0, Rows{2, 1, 4}, 4), Rows{4});
  EXPECT_EQ(neighborsLost(points, 0, Rows{}, 1), Rows());
}

TEST(NeighborsKept, SaysWhatItCannotMeasure) {
  RowMatrix rows = tests::clusteredRows(50, 4, 2);
  const auto graph = neighbors::neighborGraph(rows, {.k = 5});
  EXPECT_THROW(neighborsKept(*graph, rows.topRows(49)), base::Error);
  rows(3, 1) = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(neighborsKept(*graph, rows), base::Error);
}

TEST(NeighborsKept, StopsWhenAskedTo) {
  const RowMatrix rows = tests::clusteredRows(100, 2, 2);
  const auto graph = neighbors::neighborGraph(rows, {.k = 5});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(neighborsKept(*graph, rows, base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::projection
