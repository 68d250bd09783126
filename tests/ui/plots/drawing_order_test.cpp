// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/drawing_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::plots {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// The sum of the ways from each point to the next.
float wayThrough(const base::RowMatrix& points, const std::vector<std::uint32_t>& order) {
  float way = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    way += (points.row(order[i]) - points.row(order[i - 1])).norm();
  }
  return way;
}

TEST(DrawingOrder, GoesThroughTheQuartersOneByOne) {
  base::RowMatrix corners(4, 2);
  corners << 1, 1, 0, 1, 1, 0, 0, 0;
  EXPECT_THAT(drawingOrder(corners), testing::ElementsAre(3, 2, 1, 0));
}

TEST(DrawingOrder, HoldsEveryRowOnceAndKeepsNeighborsTogether) {
  for (const Eigen::Index axes : {2, 3}) {
    const base::RowMatrix points = base::RowMatrix::Random(20'000, axes);
    const std::vector<std::uint32_t> order = drawingOrder(points);
    std::vector<std::uint32_t> rows(20'000);
    std::ranges::generate(rows, [row = 0U]() mutable { return row++; });
    EXPECT_THAT(order, testing::Not(testing::ElementsAreArray(rows)));
    EXPECT_LT(wayThrough(points, order), wayThrough(points, rows) / 10) << axes;
    std::vector<std::uint32_t> sorted = order;
    std::ranges::sort(sorted);
    EXPECT_EQ(sorted, rows) << axes;
  }
}

TEST(DrawingOrder, TakesOddPoints) {
  EXPECT_TRUE(drawingOrder(base::RowMatrix(0, 2)).empty());
  EXPECT_THAT(drawingOrder(base::RowMatrix::Ones(3, 3)), testing::ElementsAre(0, 1, 2));
  base::RowMatrix points(5, 2);
  const float far = std::numeric_limits<float>::max();
  points << far, 0, kNaN, 1, -far, 0, std::numeric_limits<float>::infinity(), 0, 0, -far;
  const std::vector<std::uint32_t> order = drawingOrder(points);
  EXPECT_THAT(order, testing::UnorderedElementsAre(0, 1, 2, 3, 4));
  EXPECT_TRUE(drawingOrder(base::RowMatrix::Constant(2, 2, kNaN)).size() == 2);
}

}  // namespace
}  // namespace embedscope::plots
