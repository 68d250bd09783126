// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/with_neighbors.h"

#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <limits>
#include <stop_token>
#include <vector>

namespace embedscope::neighbors {
namespace {

using Rows = std::vector<std::int64_t>;
using table::RowSet;

TEST(WithNeighbors, AddsTheNearestRowsOfEach) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  // Two groups far from each other, and a row without a place.
  const auto table = tests::makeTable({"a", "b", "c", "x", "y", "?"},
                                      {{0, 0}, {1, 0}, {3, 0}, {100, 0}, {101, 0}, {kNaN, 0}});
  const ExactIndex index(table, Metric::Euclidean);
  EXPECT_EQ(withNeighbors(index, RowSet(6, Rows{0}), 1).rows(), (Rows{0, 1}));
  EXPECT_EQ(withNeighbors(index, RowSet(6, Rows{0}), 2).rows(), (Rows{0, 1, 2}));
  EXPECT_EQ(withNeighbors(index, RowSet(6, Rows{2, 4, 5}), 1).rows(), (Rows{1, 2, 3, 4, 5}));
  EXPECT_TRUE(withNeighbors(index, RowSet(6), 1).empty());
}

TEST(WithNeighbors, LeavesTheRowsAsTheyAreWhenStopped) {
  const ExactIndex index(tests::randomTable(100, 3), Metric::Cosine);
  std::stop_source stop;
  stop.request_stop();
  const RowSet rows(100, Rows{5});
  EXPECT_EQ(withNeighbors(index, rows, 3, {stop.get_token(), {}}), rows);
}

}  // namespace
}  // namespace embedscope::neighbors
