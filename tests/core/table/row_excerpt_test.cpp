// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_excerpt.h"

#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::table {
namespace {

using testing::ElementsAre;

TEST(RowExcerpt, OfSomeRowsTranslatesBothWays) {
  const RowExcerpt excerpt({7, 2, 7, 5});
  EXPECT_FALSE(excerpt.isWhole());
  EXPECT_THAT(excerpt.rows(), ElementsAre(2, 5, 7));
  for (std::int64_t place = 0; place < 3; ++place) {
    EXPECT_EQ(excerpt.place(excerpt.wholeRow(place)), place);
  }
}

TEST(RowExcerpt, OfEverythingLeavesNumbersAlone) {
  const RowExcerpt excerpt;
  EXPECT_TRUE(excerpt.isWhole());
  EXPECT_EQ(excerpt.place(4), 4);
  EXPECT_EQ(excerpt.wholeRow(4), 4);
  const TablePtr table = tests::randomTable(3, 2);
  EXPECT_EQ(excerpt.tableFrom(table), table);
}

TEST(RowExcerpt, MakesATableOfItsRows) {
  const TablePtr table = tests::randomTable(6, 2);
  const TablePtr part = RowExcerpt({4, 1}).tableFrom(table);
  ASSERT_EQ(part->rowCount(), 2);
  EXPECT_EQ(part->vocabulary().label(1), "word 4");
  EXPECT_EQ(part->row(0)[1], table->row(1)[1]);
}

}  // namespace
}  // namespace embedscope::table
