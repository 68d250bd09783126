// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/samples.h"

#include <gtest/gtest.h>

#include <set>

namespace embedscope::document {
namespace {

TEST(Samples, TheSmallestCaseIsExactlyThreeFourFiveSix) {
  const table::TablePtr table = smallestCase();
  ASSERT_EQ(table->rowCount(), 2);
  ASSERT_EQ(table->dimension(), 2);
  EXPECT_EQ(table->values()(0, 0), 3);
  EXPECT_EQ(table->values()(0, 1), 4);
  EXPECT_EQ(table->values()(1, 0), 5);
  EXPECT_EQ(table->values()(1, 1), 6);
}

TEST(Samples, HaveUniqueKeysAndCanBeMade) {
  std::set<QString> keys;
  for (const Sample& sample : samples()) {
    EXPECT_TRUE(keys.insert(sample.key).second);
    EXPECT_FALSE(sample.title.isEmpty());
    EXPECT_FALSE(sample.description.isEmpty());
    const SampleContent content = sample.make();
    if (const auto* table = std::get_if<table::TablePtr>(&content)) {
      EXPECT_GT((*table)->rowCount(), 1) << sample.key.toStdString();
    } else {
      Document document;
      openData(document, std::get<DataEntryPtr>(content));
      const auto plan =
          planRun(document.trainingSetup(), document.data()->table.get(), document.features());
      ASSERT_TRUE(std::holds_alternative<RunPlan>(plan)) << sample.key.toStdString();
      EXPECT_NO_THROW(
          data::makeDataset(*document.data()->table, std::get<RunPlan>(plan).selection));
    }
  }
}

TEST(Samples, NamedColorsAreTheirRedGreenBlue) {
  for (const Sample& sample : samples()) {
    if (sample.key == QLatin1String("colors")) {
      const auto table = std::get<table::TablePtr>(sample.make());
      const auto row = table->vocabulary().find("tomato");  // #ff6347
      ASSERT_TRUE(row);
      EXPECT_NEAR(table->row(*row)[0], 255 / 255.0, 1e-4);
      EXPECT_NEAR(table->row(*row)[1], 99 / 255.0, 1e-4);
      EXPECT_NEAR(table->row(*row)[2], 71 / 255.0, 1e-4);
    }
  }
}

TEST(Samples, TheFileOfMonthsIsTheGeneratedSample) {
  const auto loaded = data::readDelimited(EMBEDSCOPE_SAMPLES_DIR "/months.csv");
  ASSERT_TRUE(loaded);
  const data::DataTablePtr generated = data::generate({});
  ASSERT_EQ(loaded->table->rowCount(), generated->rowCount());
  ASSERT_EQ(loaded->table->columnCount(), generated->columnCount());
  for (std::int64_t column = 0; column < generated->columnCount(); ++column) {
    EXPECT_EQ(loaded->table->columnName(column), generated->columnName(column));
    for (std::int64_t row = 0; row < generated->rowCount(); ++row) {
      ASSERT_EQ(loaded->table->cell(row, column), generated->cell(row, column));
    }
  }
}

}  // namespace
}  // namespace embedscope::document
