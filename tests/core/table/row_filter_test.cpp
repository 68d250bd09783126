// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_filter.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <vector>

namespace embedscope::table {
namespace {

using Rows = std::vector<std::int64_t>;

TablePtr cities() {
  Metadata metadata;
  metadata.addColumn({"country", {"Österreich", "", "Peru", "peru", "Per"}});
  metadata.addColumn({"people", {"1.9e6", "nan", "10", "-3", "many"}});
  return tests::makeTable({"Wien", "Nirgends", "Lima", "Cusco", "?"},
                          {{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}}, metadata);
}

Rows found(const RowFilter& filter) {
  return matchingRows(*cities(), filter).rows();
}

RowFilter textFilter(const char* column, FilterOperator comparison, const char* text) {
  return {column, comparison, text};
}

RowFilter peopleFilter(FilterOperator comparison, double number, double upper = 0) {
  return {"people", comparison, {}, number, upper};
}

TEST(RowFilter, ComparesTexts) {
  EXPECT_EQ(found(textFilter("country", FilterOperator::Is, "Peru")), Rows{2});
  EXPECT_EQ(found(textFilter("country", FilterOperator::Is, "")), Rows{1});
  EXPECT_EQ(found(textFilter("country", FilterOperator::Contains, "PER")), (Rows{2, 3, 4}));
  EXPECT_EQ(found(textFilter("country", FilterOperator::Contains, "öst")), Rows{0});
  EXPECT_EQ(found(textFilter("country", FilterOperator::Contains, "")), (Rows{0, 2, 3, 4}));
  EXPECT_EQ(found(textFilter("country", FilterOperator::Missing, "")), Rows{1});
}

TEST(RowFilter, ComparesNumbersAndLeavesOtherValuesOut) {
  EXPECT_EQ(found(peopleFilter(FilterOperator::Equal, 1'900'000)), Rows{0});
  EXPECT_EQ(found(peopleFilter(FilterOperator::Less, 10)), Rows{3});
  EXPECT_EQ(found(peopleFilter(FilterOperator::AtMost, 10)), (Rows{2, 3}));
  EXPECT_EQ(found(peopleFilter(FilterOperator::Greater, 10)), Rows{0});
  EXPECT_EQ(found(peopleFilter(FilterOperator::AtLeast, 10)), (Rows{0, 2}));
  EXPECT_EQ(found(peopleFilter(FilterOperator::Between, -3, 10)), (Rows{2, 3}));
  EXPECT_EQ(found(peopleFilter(FilterOperator::Between, 10, -3)), Rows{});
}

TEST(RowFilter, AsksLabelsWhenNoColumnIsNamed) {
  EXPECT_EQ(found({{}, FilterOperator::Contains, "i"}), (Rows{0, 1, 2}));
  EXPECT_EQ(found({{}, FilterOperator::Is, "?"}), Rows{4});
}

TEST(RowFilter, SaysWhichColumnThereIsNot) {
  try {
    found(textFilter("continent", FilterOperator::Is, "x"));
    FAIL();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    EXPECT_NE(error.sentence().find("continent"), std::string::npos);
  }
}

TEST(RowFilter, FindsTheSameRowsWithAnyNumberOfThreads) {
  const TablePtr table = tests::randomTable(50'000, 2);
  const RowFilter filter{{}, FilterOperator::Contains, "77"};
  base::setThreadCount(1);
  const RowSet one = matchingRows(*table, filter);
  EXPECT_GT(one.count(), 1000);
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(matchingRows(*table, filter), one);
  }
  base::setThreadCount(0);
}

TEST(RowFilter, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const RowSet rows = matchingRows(*tests::randomTable(50'000, 2),
                                   {{}, FilterOperator::Contains, "7"}, {stop.get_token(), {}});
  EXPECT_EQ(rows, RowSet(50'000));
}

}  // namespace
}  // namespace embedscope::table
