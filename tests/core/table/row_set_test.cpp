// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_set.h"

#include <gtest/gtest.h>

#include <vector>

namespace embedscope::table {
namespace {

using Rows = std::vector<std::int64_t>;

RowSet setOf(std::int64_t n, const Rows& rows) {
  return {n, rows};
}

TEST(RowSet, HoldsTheRowsPutIntoIt) {
  RowSet set = setOf(130, {129, 0, 64, 64});
  EXPECT_EQ(set.size(), 130);
  EXPECT_EQ(set.count(), 3);
  EXPECT_EQ(set.rows(), (Rows{0, 64, 129}));
  EXPECT_TRUE(set.contains(129));
  EXPECT_FALSE(set.contains(1));
  EXPECT_FALSE(set.contains(-1));
  EXPECT_FALSE(set.contains(130));
  set.insert(1);
  set.insert(1);
  set.erase(0);
  set.erase(0);
  EXPECT_EQ(set.rows(), (Rows{1, 64, 129}));
  EXPECT_EQ(set.count(), 3);
}

TEST(RowSet, CombinesAsSetsDo) {
  const RowSet a = setOf(70, {1, 2, 69});
  const RowSet b = setOf(70, {2, 3});
  EXPECT_EQ((RowSet(a) |= b), setOf(70, {1, 2, 3, 69}));
  EXPECT_EQ((RowSet(a) &= b), setOf(70, {2}));
  EXPECT_EQ((RowSet(a) -= b), setOf(70, {1, 69}));
}

TEST(RowSet, TheComplementHasNoRowsThatTheTableDoesNotHave) {
  for (const std::int64_t n : {0, 1, 63, 64, 65, 128}) {
    EXPECT_EQ(RowSet::all(n).count(), n);
    EXPECT_EQ(RowSet::all(n).complement(), RowSet(n));
  }
  const RowSet set = setOf(66, {0, 65});
  EXPECT_EQ(set.complement().count(), 64);
  EXPECT_EQ(set.complement().complement(), set);
}

}  // namespace
}  // namespace embedscope::table
