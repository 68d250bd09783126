// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/row_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace embedscope::base {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(RowSample, TakesEveryRowAtMostOnceAndInOrder) {
  const std::vector<std::int32_t> rows = sampledRows(1000, 200, 5);
  ASSERT_EQ(rows.size(), 200U);
  EXPECT_EQ(std::adjacent_find(rows.begin(), rows.end(), std::greater_equal<>()), rows.end());
  EXPECT_GE(rows.front(), 0);
  EXPECT_LT(rows.back(), 1000);
  EXPECT_EQ(sampledRows(1000, 200, 5), rows);
  EXPECT_NE(sampledRows(1000, 200, 6), rows);
}

TEST(RowSample, TakesAllRowsWhenThereAreNoMore) {
  EXPECT_THAT(sampledRows(3, 3, 1), ElementsAre(0, 1, 2));
  EXPECT_THAT(sampledRows(3, 9, 1), ElementsAre(0, 1, 2));
  EXPECT_TRUE(sampledRows(0, 2, 1).empty());
  EXPECT_TRUE(sampledRows(3, 0, 1).empty());
}

TEST(RowSample, TakesAllRowsEquallyOften) {
  std::vector<int> taken(10);
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    for (const std::int32_t row : sampledRows(10, 3, seed)) {
      ++taken[static_cast<std::size_t>(row)];
    }
  }
  // 1,200 expected of each, standard deviation 29.
  EXPECT_THAT(taken, Each(testing::AllOf(testing::Gt(1050), testing::Lt(1350))));
}

}  // namespace
}  // namespace embedscope::base
