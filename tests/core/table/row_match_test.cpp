// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_match.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>

#include <cmath>
#include <stop_token>
#include <string>

namespace embedscope::table {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string complaint(const Vocabulary& table, const Vocabulary& other) {
  try {
    matchRows(table, other);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    return error.sentence();
  }
  return {};
}

/// "prefix 0", "prefix 1", …; without a prefix "0", "1", …
Vocabulary counted(const std::string& prefix, std::int64_t count) {
  Vocabulary labels;
  for (std::int64_t row = 0; row < count; ++row) {
    labels.append(prefix + std::to_string(row));
  }
  return labels;
}

TEST(RowMatch, FindsRowsByTheirLabels) {
  const RowMatch match = matchRows({"a", "b", "c", "d"}, {"x", "c", "a", "b", "y"});
  EXPECT_EQ(match.by, RowMatch::By::Label);
  EXPECT_THAT(match.rows, ElementsAre(2, 3, 1, -1));
  EXPECT_EQ(match.missing, 1);
  EXPECT_EQ(match.surplus, 2);
}

TEST(RowMatch, GivesRowsOfOneLabelTheSameRow) {
  const RowMatch match = matchRows({"a", "b", "a"}, {"b", "a"});
  EXPECT_THAT(match.rows, ElementsAre(1, 0, 1));
  EXPECT_EQ(match.surplus, 0);
}

TEST(RowMatch, TakesTheOrderWhereLabelsRepeat) {
  const RowMatch match = matchRows({"a", "b", "a"}, {"b", "b", "a"});
  EXPECT_EQ(match.by, RowMatch::By::Order);
  EXPECT_THAT(match.rows, ElementsAre(0, 1, 2));
  EXPECT_EQ(match.missing, 0);
  EXPECT_EQ(match.surplus, 0);
  EXPECT_EQ(complaint({"a", "b", "c"}, {"a", "a"}),
            "the table has 3 rows, the coordinates have 2 rows: by order they must be as many, and "
            "labels that repeat, as \"a\" does, match no single row");
}

TEST(RowMatch, TakesTheOrderWhereOneSideOnlyCounts) {
  EXPECT_EQ(matchRows({"a", "b"}, {"0", "1"}).by, RowMatch::By::Order);
  EXPECT_EQ(matchRows({"0", "1"}, {"a", "b"}).by, RowMatch::By::Order);
  EXPECT_EQ(matchRows({"0", "1"}, {"0", "1"}).by, RowMatch::By::Order);
}

TEST(RowMatch, DoesNotTakeNumbersOfRowsForLabels) {
  EXPECT_EQ(complaint(counted("", 1200), counted("", 1)),
            "the table has 1,200 rows, the coordinates have 1 row: without labels they must be as "
            "many");
  EXPECT_THAT(complaint({"a", "b"}, counted("", 3)), HasSubstr("without labels"));
}

TEST(RowMatch, TakesNumbersForLabelsWhereOneSideDoesNotCount) {
  const RowMatch match = matchRows({"5", "2", "9"}, counted("", 6));
  EXPECT_EQ(match.by, RowMatch::By::Label);
  EXPECT_THAT(match.rows, ElementsAre(5, 2, -1));
  EXPECT_EQ(match.surplus, 4);
}

TEST(RowMatch, RefusesLabelsOfAnotherTable) {
  EXPECT_EQ(complaint({"a", "b"}, {"x", "y"}),
            "the table has 2 rows, the coordinates have 2 rows: no label of the coordinates is one "
            "of the table's");
}

TEST(RowMatch, IsTheSameForAnyNumberOfThreads) {
  const Vocabulary table = counted("word ", 50'000);
  Vocabulary other;
  for (std::int64_t row = 49'999; row >= 0; row -= 3) {
    other.append("word " + std::to_string(row));
  }
  const RowMatch expected = matchRows(table, other);
  EXPECT_EQ(expected.rows[49'999], 0);
  EXPECT_EQ(expected.missing, table.size() - other.size());
  EXPECT_EQ(expected.surplus, 0);
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(matchRows(table, other), expected) << threads;
  }
  base::setThreadCount(0);
}

TEST(RowMatch, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext context(stop.get_token(), {});
  EXPECT_NO_THROW(matchRows(counted("a ", 20'000), counted("a ", 10), context));
}

TEST(RowMatch, PutsVectorsInOrderAndNaNWhereThereAreNone) {
  const TablePtr other = tests::makeTable({"x", "y", "z"}, {{1, 2}, {3, 4}, {5, 6}});
  const RowMatch match = matchRows({"z", "none", "x"}, other->vocabulary());
  const base::RowMatrix matched = matchedValues(other->values(), match);
  ASSERT_EQ(matched.rows(), 3);
  EXPECT_EQ(matched(0, 1), 6);
  EXPECT_TRUE(std::isnan(matched(1, 0)));
  EXPECT_TRUE(std::isnan(matched(1, 1)));
  EXPECT_EQ(matched(2, 0), 1);
}

}  // namespace
}  // namespace embedscope::table
