// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tagging.h"

#include "core/base/error.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>

#include <vector>

namespace embedscope::table {
namespace {

using testing::ElementsAre;

RowSet rowsOf(std::int64_t n, const std::vector<std::int64_t>& rows) {
  return {n, rows};
}

TEST(Tagging, AddsAColumnAndChangesIt) {
  const TablePtr table = tests::makeTable({"a", "b", "c"}, {{1}, {2}, {3}});
  const TablePtr once = taggedRows(*table, "kind", rowsOf(3, {0, 2}), "good");
  EXPECT_THAT(once->metadata().find("kind")->values, ElementsAre("good", "", "good"));
  const TablePtr twice = taggedRows(*once, "kind", rowsOf(3, {2}), "bad");
  EXPECT_THAT(twice->metadata().find("kind")->values, ElementsAre("good", "", "bad"));
  EXPECT_EQ(twice->metadata().columns().size(), 1U);
  EXPECT_EQ(twice->values().data(), table->values().data()) << "numbers are shared";
  EXPECT_EQ(table->metadata().find("kind"), nullptr);
}

TEST(Tagging, SaysWhatItCannotDo) {
  const TablePtr table = tests::makeTable({"a"}, {{1}});
  EXPECT_THROW(taggedRows(*table, "", rowsOf(1, {0}), "x"), base::Error);
  EXPECT_THROW(taggedRows(*table, "kind", rowsOf(2, {0}), "x"), base::Error);
}

}  // namespace
}  // namespace embedscope::table
