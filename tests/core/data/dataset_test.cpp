// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace embedscope::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

DataTable sample() {
  DataTable table("t", {"city", "size", "age", "price", "kind", "one"});
  table.appendRow({"Rome", "S", "1", "10", "a", "x"});
  table.appendRow({"Paris", "", "2", "20.5", "b", "x"});
  table.appendRow({"Oslo", "M", "3", "NA", "a", "x"});
  table.appendRow({"Rome", "S", "?", "30", "b", "x"});
  table.appendRow({"Paris", "M", "5", "40", "?", "x"});
  return table;
}

base::Error failure(const DatasetSelection& selection) {
  try {
    makeDataset(sample(), selection);
  } catch (const base::Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return {base::ErrorCode::BadData, ""};
}

TEST(Dataset, EncodesLabelsInOrderOfAppearanceAndSkipsIncompleteRows) {
  const DatasetPtr data = makeDataset(sample(), {"price", {{"city", {}}, {"size", {}}}, {"age"}});
  EXPECT_EQ(data->rows, 3);
  EXPECT_EQ(data->skippedRows, 2);
  EXPECT_THAT(data->tableRows, ElementsAre(0, 1, 4));
  EXPECT_EQ(data->categorical[0].vocabulary, (table::Vocabulary{"Rome", "Paris"}));
  EXPECT_THAT(data->categorical[0].codes, ElementsAre(0, 1, 1));
  EXPECT_THAT(data->categorical[0].counts, ElementsAre(1, 2));
  EXPECT_EQ(data->categorical[1].vocabulary, (table::Vocabulary{"S", "(missing)", "M"}));
  EXPECT_EQ(data->numeric.rows(), 3);
  EXPECT_EQ(data->numeric.cols(), 1);
  EXPECT_EQ(data->numeric(2, 0), 5.0);
  EXPECT_EQ(data->target.kind, TargetKind::Regression);
  EXPECT_THAT(data->target.values, ElementsAre(10, 20.5, 40));
}

TEST(Dataset, LabelsInTheTargetMakeAClassification) {
  const DatasetPtr data = makeDataset(sample(), {"kind", {{"city", {}}}, {}});
  EXPECT_EQ(data->target.kind, TargetKind::Classification);
  EXPECT_EQ(data->target.classes, (table::Vocabulary{"a", "b"}));
  EXPECT_THAT(data->target.codes, ElementsAre(0, 1, 0, 1));
  EXPECT_EQ(data->numeric.cols(), 0);
}

TEST(Dataset, NumbersAreClassesWhenAskedFor) {
  DatasetSelection selection{"age", {{"city"}}, {}};
  EXPECT_EQ(makeDataset(sample(), selection)->target.kind, TargetKind::Regression);
  selection.classify = true;
  const DatasetPtr data = makeDataset(sample(), selection);
  EXPECT_EQ(data->target.kind, TargetKind::Classification);
  EXPECT_EQ(data->target.classes, (table::Vocabulary{"1", "2", "3", "5"}));
}

TEST(Dataset, KeepsTheFeaturesOwnOrder) {
  const table::Vocabulary order{"Oslo", "Paris", "Rome", "Vienna"};
  const DatasetPtr data = makeDataset(sample(), {"kind", {{"city", order}}, {}});
  EXPECT_EQ(data->categorical[0].vocabulary, order);
  EXPECT_THAT(data->categorical[0].codes, ElementsAre(2, 1, 0, 2));
  EXPECT_THAT(data->categorical[0].counts, ElementsAre(1, 1, 2, 0));
}

/// 6 rows of "a", 3 of "b", 2 of "c", one of "d", one without a value.
DataTable lettersWithCounts() {
  DataTable table("t", {"letter", "y"});
  int row = 0;
  for (const char* letter : {"b", "a", "c", "a", "", "a", "b", "d", "a", "a", "c", "a", "b"}) {
    table.appendRow({letter, std::to_string(row++)});
  }
  return table;
}

TEST(Dataset, MergesRareCategoriesAndSaysSo) {
  const DatasetPtr data = makeDataset(lettersWithCounts(), {"y", {{"letter", {}, {}, 3}}, {}});
  EXPECT_EQ(data->categorical[0].vocabulary, (table::Vocabulary{"b", "a", "(rare)"}));
  EXPECT_THAT(data->categorical[0].codes, ElementsAre(0, 1, 2, 1, 2, 1, 0, 2, 1, 1, 2, 1, 0));
  EXPECT_THAT(data->categorical[0].counts, ElementsAre(3, 6, 4));
  EXPECT_THAT(
      data->notes,
      ElementsAre("column \"letter\": 3 categories of fewer than 3 rows, 4 rows in all, "
                  "became the category \"(rare)\": \"c\" (2), \"(missing)\" (1), \"d\" (1)"));
  for (const std::int64_t none : {0, 1}) {
    const DatasetPtr all = makeDataset(lettersWithCounts(), {"y", {{"letter", {}, {}, none}}, {}});
    EXPECT_EQ(all->categorical[0].vocabulary.size(), 5);
    EXPECT_TRUE(all->notes.empty());
  }
}

TEST(Dataset, MergesNoCategoryWithoutRows) {
  const table::Vocabulary given{"z", "d", "a", "(rare)", "b", "c", "(missing)"};
  const DatasetPtr data = makeDataset(lettersWithCounts(), {"y", {{"letter", given, {}, 3}}, {}});
  EXPECT_EQ(data->categorical[0].vocabulary, (table::Vocabulary{"z", "a", "(rare)", "b"}));
  EXPECT_THAT(data->categorical[0].counts, ElementsAre(0, 6, 4, 3));
}

TEST(Dataset, GivesUnknownLabelsARowOfTheirOwnAndSaysSo) {
  const table::Vocabulary given{"a", "b"};
  const DatasetPtr data =
      makeDataset(lettersWithCounts(), {"y", {{"letter", given, UnknownLabels::OwnRow, 100}}, {}});
  EXPECT_EQ(data->categorical[0].vocabulary, (table::Vocabulary{"(unknown)", "(rare)"}));
  EXPECT_THAT(data->categorical[0].counts, ElementsAre(4, 9));
  ASSERT_EQ(data->notes.size(), 2U);
  EXPECT_EQ(data->notes[0],
            "column \"letter\": 3 labels that are not among its categories, in 4 rows, became the "
            "category \"(unknown)\": \"c\" (2), \"(missing)\" (1), \"d\" (1)");

  const DatasetPtr known = makeDataset(
      lettersWithCounts(),
      {"y", {{"letter", {"a", "b", "c", "d", "(missing)"}, UnknownLabels::OwnRow}}, {}});
  EXPECT_EQ(known->categorical[0].vocabulary.size(), 5);
  EXPECT_TRUE(known->notes.empty());
}

TEST(Dataset, NamesWhatDoesNotFit) {
  using base::ErrorCode;
  const auto check = [](const DatasetSelection& selection, ErrorCode code, const char* part) {
    const base::Error error = failure(selection);
    EXPECT_EQ(error.code(), code) << part;
    EXPECT_THAT(error.sentence(), HasSubstr(part));
  };
  check({"cost", {{"city", {}}}, {}}, ErrorCode::InvalidArgument, "\"cost\"");
  check({"price", {{"town", {}}}, {}}, ErrorCode::InvalidArgument, "\"town\"");
  check({"price", {}, {"price"}}, ErrorCode::InvalidArgument, "is the target");
  check({"price", {{"age", {}}}, {"age"}}, ErrorCode::InvalidArgument, "twice");
  check({"price", {}, {}}, ErrorCode::InvalidArgument, "nothing to learn from");
  check({"price", {}, {"city"}}, ErrorCode::InvalidArgument, "\"Rome\"");
  check({"price", {{"city", {"Rome"}}}, {}}, ErrorCode::BadData, "\"Paris\"");
  check({"price", {{"size", {"S", "M"}}}, {}}, ErrorCode::BadData, "(missing)");
  check({"price", {{"city", {}, {}, -1}}, {}}, ErrorCode::InvalidArgument, "fewer than -1 rows");
  check({"one", {{"city", {}}}, {}}, ErrorCode::BadData, "one class");
}

TEST(Dataset, NoUsableRow) {
  DataTable table("t", {"a", "y"});
  table.appendRow({"x", "NA"});
  EXPECT_THROW(makeDataset(table, {"y", {{"a", {}}}, {}}), base::Error);
}

}  // namespace
}  // namespace embedscope::data
