// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/chosen_axis.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <stop_token>

namespace embedscope::projection {
namespace {

using Rows = std::vector<std::int64_t>;

base::ErrorCode codeOf(const table::EmbeddingTable& table, const Rows& from, const Rows& to) {
  try {
    axisBetween(table, from, to);
  } catch (const base::Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "no error";
  return base::ErrorCode::InvalidArgument;
}

TEST(ChosenAxis, GoesFromZeroAtOneMeanToOneAtTheOther) {
  const auto table =
      tests::makeTable({"a", "b", "c", "d", "e"}, {{0, 0}, {2, 0}, {5, 1}, {5, -1}, {3, 7}});
  const ChosenAxis axis = axisBetween(*table, Rows{0, 1}, Rows{2, 3});
  EXPECT_EQ(axis.origin, (std::vector<float>{1, 0}));
  EXPECT_EQ(axis.direction, (std::vector<float>{4, 0}));
  const auto along = coordinatesAlong(*table, axis);
  ASSERT_TRUE(along);
  EXPECT_EQ(*along, (std::vector<float>{-0.25F, 0.25F, 1, 1, 0.5F}));
}

TEST(ChosenAxis, LeavesRowsThatAreNoNumbersWithoutAPlace) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  const auto table = tests::makeTable({"a", "b", "c"}, {{0, 0}, {1, 0}, {kNaN, 0}});
  const auto along = coordinatesAlong(*table, axisBetween(*table, Rows{0}, Rows{1}));
  EXPECT_TRUE(std::isnan(along->back()));
  EXPECT_EQ(codeOf(*table, {0}, {2}), base::ErrorCode::NonFinite);
}

TEST(ChosenAxis, RefusesWhatHasNoDirection) {
  const auto table = tests::makeTable({"a", "b", "c"}, {{0, 0}, {2, 0}, {1, 0}});
  EXPECT_EQ(codeOf(*table, {}, {1}), base::ErrorCode::InvalidArgument);
  EXPECT_EQ(codeOf(*table, {0}, {}), base::ErrorCode::InvalidArgument);
  EXPECT_EQ(codeOf(*table, {0}, {3}), base::ErrorCode::InvalidArgument);
  EXPECT_EQ(codeOf(*table, {0, 1}, {2}), base::ErrorCode::InvalidArgument) << "the same mean";
}

TEST(ChosenAxis, GivesTheSameBitsForAnyThreadCountAndStops) {
  const auto table = tests::randomTable(10'000, 7);
  const ChosenAxis axis = axisBetween(*table, Rows{0, 5}, Rows{9});
  base::setThreadCount(1);
  const auto one = coordinatesAlong(*table, axis);
  base::setThreadCount(3);
  EXPECT_EQ(coordinatesAlong(*table, axis), one);
  base::setThreadCount(0);
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(coordinatesAlong(*table, axis, base::TaskContext(source.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::projection
