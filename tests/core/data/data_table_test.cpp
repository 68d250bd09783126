// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_table.h"

#include "core/base/error.h"

#include <gtest/gtest.h>

namespace embedscope::data {
namespace {

TEST(DataTable, KeepsCellsByRowAndColumn) {
  DataTable table("t", {"a", "b"});
  table.appendRow({"1", ""});
  table.appendRow({"", "zwei"});
  EXPECT_EQ(table.rowCount(), 2);
  EXPECT_EQ(table.columnCount(), 2);
  EXPECT_EQ(table.cell(0, 0), "1");
  EXPECT_EQ(table.cell(0, 1), "");
  EXPECT_EQ(table.cell(1, 0), "");
  EXPECT_EQ(table.cell(1, 1), "zwei");
  EXPECT_EQ(table.findColumn("b"), 1);
  EXPECT_FALSE(table.findColumn("c"));
}

TEST(DataTable, RefusesRowsAndNamesThatDoNotFit) {
  DataTable table("t", {"a", "b"});
  EXPECT_THROW(table.appendRow({"1"}), base::Error);
  EXPECT_THROW(DataTable("t", {"a", "a"}), base::Error);
}

TEST(Summarize, TellsNumbersFromLabels) {
  DataTable table("t", {"integers", "reals", "mixed", "missing"});
  table.appendRow({"3", "-0.5", "0", "NA"});
  table.appendRow({"?", "1e2", "a", ""});
  table.appendRow({"3", "NaN", "b", "nan"});

  const ColumnSummary integers = summarize(table, 0);
  EXPECT_EQ(integers.kind, ColumnKind::Number);
  EXPECT_TRUE(integers.integers);
  EXPECT_EQ(integers.distinct, 1);
  EXPECT_EQ(integers.missing, 1);

  const ColumnSummary reals = summarize(table, 1);
  EXPECT_EQ(reals.kind, ColumnKind::Number);
  EXPECT_FALSE(reals.integers);
  EXPECT_EQ(reals.minimum, -0.5);
  EXPECT_EQ(reals.maximum, 100);

  EXPECT_EQ(summarize(table, 2).kind, ColumnKind::Labels);
  EXPECT_EQ(summarize(table, 2).distinct, 3);

  const ColumnSummary missing = summarize(table, 3);
  EXPECT_EQ(missing.kind, ColumnKind::Labels);
  EXPECT_EQ(missing.missing, 3);
  EXPECT_EQ(missing.distinct, 0);
}

TEST(Summarize, InfinityIsNotANumberToLearnFrom) {
  DataTable table("t", {"a"});
  table.appendRow({"1"});
  table.appendRow({"inf"});
  EXPECT_EQ(summarize(table, 0).kind, ColumnKind::Labels);
}

TEST(IsMissing, KnowsTheUsualMarkersOnly) {
  for (const char* marker : {"", "?", "NA", "N/A", "nan", "NULL", "null", "None"}) {
    EXPECT_TRUE(isMissing(marker)) << marker;
  }
  for (const char* value : {"0", "no", "none", "-", "NAN1"}) {
    EXPECT_FALSE(isMissing(value)) << value;
  }
}

}  // namespace
}  // namespace embedscope::data
