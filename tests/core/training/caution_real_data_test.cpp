// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/delimited.h"
#include "core/training/caution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

namespace embedscope::training {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Caution::Kind;

/// What is true of these files was found with pandas.
class CautionsOnRealData : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA is not set";
    }
    m_folder = std::filesystem::path(folder) / "tables";
  }

  /// Every column of labels that `more` does not name, and the numbers named in `numeric`.
  std::vector<Caution> cautions(const std::string& file, const std::string& target,
                                const std::vector<std::string>& numeric = {},
                                std::int64_t mostCategories = 1000) const {
    const auto loaded = data::readDelimited(m_folder / file);
    data::DatasetSelection selection;
    selection.target = target;
    selection.numeric = numeric;
    for (std::int64_t i = 0; i < loaded->table->columnCount(); ++i) {
      const std::string& name = loaded->table->columnName(i);
      const data::ColumnSummary summary = data::summarize(*loaded->table, i);
      if (name != target && summary.kind == data::ColumnKind::Labels &&
          summary.distinct <= mostCategories) {
        selection.categorical.push_back({name, {}});
      }
    }
    const auto dataset = data::makeDataset(*loaded->table, selection);
    return dataCautions(*dataset, {}, splitRows(dataset->rows, 0.2, 1));
  }

  static std::vector<std::string> columnsWith(Kind kind, const std::vector<Caution>& cautions) {
    std::vector<std::string> columns;
    for (const Caution& caution : cautions) {
      if (caution.kind == kind) {
        columns.push_back(caution.column);
      }
    }
    return columns;
  }

  std::filesystem::path m_folder;
};

TEST_F(CautionsOnRealData, DiamondsAreInOrder) {
  EXPECT_THAT(cautions("diamonds.csv", "price", {"carat", "depth", "table", "x", "y", "z"}),
              IsEmpty());
}

TEST_F(CautionsOnRealData, AliveGivesTheSurvivorsOfTheTitanicAway) {
  const auto told = cautions("titanic.csv", "survived", {"pclass", "sibsp", "parch", "fare"});
  EXPECT_THAT(columnsWith(Kind::TargetLeakage, told), ElementsAre("alive"));
  // Two passengers boarded at an unknown port, neither of them a validation row.
  EXPECT_THAT(columnsWith(Kind::NotInValidation, told), ElementsAre("embarked", "embark_town"));
  ASSERT_EQ(told.size(), 3U) << "deck, who and all others are in order";
  EXPECT_EQ(told[2].text,
            "“alive” is the target “survived” under other names: each of its 2 categories stands "
            "for one value (“no” → 0). Leave it out.");
}

TEST_F(CautionsOnRealData, TaxisHaveRareZonesAndNoLeak) {
  const auto told = cautions("taxis.csv", "fare", {"distance", "passengers", "tolls", "tip"});
  std::set<std::string> columns;
  for (const Caution& caution : told) {
    columns.insert(caution.column);
    EXPECT_TRUE(caution.kind == Kind::NoTrainingRow || caution.kind == Kind::OneTrainingRow ||
                caution.kind == Kind::NotInValidation)
        << caution.text;
  }
  EXPECT_THAT(columns, ElementsAre("dropoff_borough", "dropoff_zone", "pickup_zone"))
      << "two rides ended on Staten Island";
}

TEST_F(CautionsOnRealData, TimesOfTaxisAreIdentifiers) {
  const auto told = cautions("taxis.csv", "fare", {}, 10'000);
  EXPECT_THAT(columnsWith(Kind::Identifier, told), ElementsAre("pickup", "dropoff"));
}

TEST_F(CautionsOnRealData, ZonesDecideTheBoroughTheyLieIn) {
  const auto told = cautions("taxis.csv", "pickup_borough");
  EXPECT_THAT(columnsWith(Kind::TargetLeakage, told), ElementsAre("pickup_zone"));
}

TEST_F(CautionsOnRealData, TheCensusHasNoLeak) {
  const auto loaded = data::readDelimited(m_folder / "adult-train.csv");
  const std::string target = loaded->table->columnName(loaded->table->columnCount() - 1);
  const auto told = cautions("adult-train.csv", target);
  EXPECT_THAT(columnsWith(Kind::TargetLeakage, told), IsEmpty());
  EXPECT_THAT(columnsWith(Kind::Identifier, told), IsEmpty());
  EXPECT_THAT(columnsWith(Kind::ConstantColumn, told), IsEmpty());
  EXPECT_THAT(columnsWith(Kind::SmallValidation, told), IsEmpty());
  // The one row of Holand-Netherlands is in training or in validation.
  const std::string country = loaded->table->columnName(13);
  const bool rare = std::any_of(told.begin(), told.end(), [&](const Caution& caution) {
    return caution.column == country &&
           (caution.kind == Kind::NoTrainingRow || caution.kind == Kind::OneTrainingRow);
  });
  EXPECT_TRUE(rare);
}

}  // namespace
}  // namespace embedscope::training
