// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/color_scheme.h"

#include "core/base/error.h"
#include "tests/support/tiny_tables.h"
#include "ui/explore/computed_column.h"
#include "ui/plots/palette.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>

namespace embedscope::explore {
namespace {

using testing::ElementsAre;

TEST(ColorScheme, MarksCategoriesByFrequency) {
  const ColorScheme scheme = colorScheme({"kind", {"b", "a", "", "a", "c", "b", "a"}});

  ASSERT_EQ(scheme.kind, ColorScheme::Kind::Categories);
  EXPECT_THAT(scheme.marks, ElementsAre(1, 0, ColorScheme::kMissing, 0, 2, 1, 0));
  ASSERT_EQ(scheme.entries.size(), 3U);
  EXPECT_EQ(scheme.entries[0].name, "a");
  EXPECT_EQ(scheme.entries[0].count, 3);
  EXPECT_EQ(scheme.missing, 1);
  EXPECT_EQ(scheme.others, 0);
}

TEST(ColorScheme, ShowsLengthsAndRowNumbers) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const auto table = tests::makeTable({"a", "b", "c"}, {{3, 4}, {0, 0}, {kInfinity, 0}});
  ComputedInputs inputs{.table = table, .points = {}, .selection = {}, .graph = {}};
  const ColorScheme lengths = colorScheme(computedValues(ComputedColumn::Length, inputs));
  EXPECT_EQ(lengths.kind, ColorScheme::Kind::Numbers);
  EXPECT_EQ(lengths.least, 0);
  EXPECT_EQ(lengths.greatest, 5);
  EXPECT_EQ(lengths.missing, 1);
  EXPECT_EQ(lengths.colors[0], plots::viridis(1).rgb());
  EXPECT_EQ(lengths.colors[1], plots::viridis(0).rgb());
  const ColorScheme rows = colorScheme(computedValues(ComputedColumn::RowNumber, inputs));
  EXPECT_EQ(rows.greatest, 2);
  EXPECT_EQ(rows.colors[1], plots::viridis(0.5).rgb());
}

TEST(ComputedColumn, TellsWhichNeighborsThePictureKeeps) {
  const auto table = tests::makeTable({"a", "b", "c", "d"}, {{1, 0}, {1, 0.1F}, {0, 1}, {0.1F, 1}});
  ComputedInputs inputs{.table = table, .points = {}, .selection = {}, .graph = {}};
  EXPECT_THROW(computedValues(ComputedColumn::NeighborsKept, inputs), base::Error);
  inputs.points = std::make_shared<const base::RowMatrix>(table->values());
  EXPECT_THAT(computedValues(ComputedColumn::NeighborsKept, inputs), ElementsAre(1, 1, 1, 1));
  ASSERT_TRUE(inputs.graph);
  EXPECT_EQ(inputs.graph->rows.cols(), 3);
}

TEST(ComputedColumn, LeavesOutRowsWithoutAPlace) {
  const auto table =
      tests::makeTable({"a", "b", "c", "d", "e"}, {{0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}});
  base::RowMatrix points = table->values();
  points.row(2).setConstant(std::numeric_limits<float>::quiet_NaN());
  ComputedInputs inputs{.table = table,
                        .points = std::make_shared<const base::RowMatrix>(points),
                        .selection = {},
                        .graph = {}};
  const std::vector<double> values = computedValues(ComputedColumn::NeighborsKept, inputs);
  ASSERT_EQ(values.size(), 5U);
  EXPECT_TRUE(std::isnan(values[2]));
  EXPECT_EQ(values[0], 1);
  EXPECT_EQ(values[4], 1);
  points.topRows(3).setConstant(std::numeric_limits<float>::quiet_NaN());
  inputs.points = std::make_shared<const base::RowMatrix>(points);
  EXPECT_THROW(computedValues(ComputedColumn::NeighborsKept, inputs), base::Error);
}

TEST(ComputedColumn, TellsHowSimilarRowsAreToTheSelection) {
  const auto table = tests::makeTable({"a", "b", "c"}, {{2, 0}, {0, 5}, {-1, 0}});
  ComputedInputs inputs{.table = table, .points = {}, .selection = table::RowSet(3), .graph = {}};
  EXPECT_THROW(computedValues(ComputedColumn::SelectionSimilarity, inputs), base::Error);
  inputs.selection = table::RowSet::all(3);
  inputs.selection.erase(2);
  const std::vector<double> values = computedValues(ComputedColumn::SelectionSimilarity, inputs);
  EXPECT_NEAR(values[0], std::sqrt(0.5), 1e-6);
  EXPECT_NEAR(values[1], std::sqrt(0.5), 1e-6);
  EXPECT_NEAR(values[2], -std::sqrt(0.5), 1e-6);
}

TEST(ColorScheme, TakesAColumnOfColorsByItself) {
  auto table = tests::makeTable({"a", "b"}, {{0}, {1}});
  EXPECT_EQ(usualColorColumn(*table), QString());
  table::Metadata metadata;
  metadata.addColumn({"kind", {"x", "y"}});
  EXPECT_EQ(usualColorColumn(*table->withMetadata(metadata)), QString());
  metadata.addColumn({"paint", {"#102030", "#ffffff"}});
  EXPECT_EQ(usualColorColumn(*table->withMetadata(metadata)), "paint");
}

TEST(ColorScheme, TakesLabelsThatNameClassesByItself) {
  const std::vector<std::vector<float>> rows{{0}, {1}, {2}, {3}, {4}, {5}};
  EXPECT_EQ(usualColorColumn(*tests::makeTable({"7", "2", "7", "7", "2", "2"}, rows)),
            kLabelColumn);
  EXPECT_EQ(usualColorColumn(*tests::makeTable({"a", "b", "c", "a", "b", "d"}, rows)), QString())
      << "these are names of rows, some of them twice";
}

TEST(ColorScheme, NamesOfClassesAreCategoriesAlsoWhereTheyAreNumbers) {
  const table::MetadataColumn digits{"label", {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}};
  EXPECT_EQ(colorScheme(digits).kind, ColorScheme::Kind::Numbers);
  const ColorScheme scheme = categoryScheme(digits);
  EXPECT_EQ(scheme.kind, ColorScheme::Kind::Categories);
  EXPECT_EQ(scheme.entries.size(), 10U);
}

TEST(ColorScheme, NeverRepeatsAMark) {
  table::MetadataColumn column{"id", {}};
  const int categories = plots::distinctMarkCount() + 5;
  for (int i = 0; i < categories; ++i) {
    column.values.push_back("category " + std::to_string(i));
  }
  const ColorScheme scheme = colorScheme(column);

  EXPECT_EQ(static_cast<int>(scheme.entries.size()), plots::distinctMarkCount());
  EXPECT_EQ(scheme.others, 5);
  EXPECT_EQ(std::ranges::count(scheme.marks, ColorScheme::kOthers), 5);
}

TEST(ColorScheme, ShowsNumbersByAScale) {
  const ColorScheme scheme =
      colorScheme({"count", {"0", "10", "1", "2", "3", "4", "5", "6", "7", "8", ""}});

  ASSERT_EQ(scheme.kind, ColorScheme::Kind::Numbers);
  EXPECT_EQ(scheme.least, 0);
  EXPECT_EQ(scheme.greatest, 10);
  EXPECT_EQ(scheme.colors[0], plots::viridis(0).rgb());
  EXPECT_EQ(scheme.colors[1], plots::viridis(1).rgb());
  EXPECT_EQ(scheme.colors[6], plots::viridis(0.5).rgb());
  EXPECT_EQ(scheme.missing, 1);
}

TEST(ColorScheme, TreatsAFewNumbersAsCategories) {
  EXPECT_EQ(colorScheme({"cluster", {"1", "2", "1", "3"}}).kind, ColorScheme::Kind::Categories);
}

TEST(ColorScheme, TreatsNumbersThatAreNotFiniteAsWords) {
  const ColorScheme scheme =
      colorScheme({"count", {"0", "nan", "1", "2", "3", "4", "5", "6", "7", "8"}});
  EXPECT_EQ(scheme.kind, ColorScheme::Kind::Categories);
}

TEST(ColorScheme, UsesColorsAsTheyAre) {
  const ColorScheme scheme = colorScheme({"color", {"#ff0000", "#00FF80"}});

  ASSERT_EQ(scheme.kind, ColorScheme::Kind::Colors);
  EXPECT_THAT(scheme.colors, ElementsAre(qRgb(255, 0, 0), qRgb(0, 255, 128)));
  EXPECT_EQ(colorScheme({"color", {"#ff0000", "#ff00zz"}}).kind, ColorScheme::Kind::Categories);
}

TEST(ColorScheme, TakesAColumnWithoutValues) {
  const ColorScheme scheme = colorScheme({"empty", {"", ""}});

  EXPECT_EQ(scheme.kind, ColorScheme::Kind::Categories);
  EXPECT_THAT(scheme.marks, ElementsAre(ColorScheme::kMissing, ColorScheme::kMissing));
  EXPECT_EQ(scheme.missing, 2);
}

}  // namespace
}  // namespace embedscope::explore
