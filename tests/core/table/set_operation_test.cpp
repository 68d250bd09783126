// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/set_operation.h"

#include <gtest/gtest.h>

#include <vector>

namespace embedscope::table {
namespace {

using Rows = std::vector<std::int64_t>;

TEST(SetOperation, SaysWhatRowsThatWerePointedOutDo) {
  const RowSet before(100, Rows{1, 2, 99});
  const RowSet rows(100, Rows{2, 3});
  EXPECT_EQ(combined(before, rows, SetOperation::Replace).rows(), (Rows{2, 3}));
  EXPECT_EQ(combined(before, rows, SetOperation::Add).rows(), (Rows{1, 2, 3, 99}));
  EXPECT_EQ(combined(before, rows, SetOperation::Subtract).rows(), (Rows{1, 99}));
  EXPECT_EQ(combined(before, rows, SetOperation::Intersect).rows(), (Rows{2}));
}

}  // namespace
}  // namespace embedscope::table
