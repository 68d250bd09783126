// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"
#include "core/data/delimited.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace embedscope::data {
namespace {

using testing::HasSubstr;

class RealTables : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA names no folder";
    }
    m_folder = folder;
  }

  LoadedData read(const char* name) const { return readDelimited(m_folder / name).value(); }

  std::filesystem::path m_folder;
};

std::string warnings(const LoadedData& data) {
  std::string out;
  for (const DataWarning& warning : data.warnings) {
    out += warning.place.text() + ": " + warning.text + "\n";
  }
  return out;
}

TEST_F(RealTables, HaveTheRowsAndColumnsThatTheirSourcesSay) {
  struct Expected {
    const char* name;
    std::int64_t rows;
    std::int64_t columns;
    bool header;
    char quote;
  };

  for (const Expected& expected : {Expected{"tables/diamonds.csv", 53940, 10, true, '"'},
                                   Expected{"tables/adult-train.csv", 32561, 15, false, '"'},
                                   Expected{"tables/adult-test.csv", 16281, 15, false, '"'},
                                   Expected{"tables/breast-cancer.csv", 286, 10, false, '\''},
                                   Expected{"tables/mammography.csv", 11183, 7, false, '\''},
                                   Expected{"tables/horse-colic.csv", 300, 28, false, '"'},
                                   Expected{"tables/abalone.csv", 4177, 9, false, '"'},
                                   Expected{"tables/penguins.csv", 344, 7, true, '"'},
                                   Expected{"tables/titanic.csv", 891, 15, true, '"'},
                                   Expected{"tables/mpg.csv", 398, 9, true, '"'},
                                   Expected{"tables/tips.csv", 244, 7, true, '"'},
                                   Expected{"tables/taxis.csv", 6433, 14, true, '"'},
                                   Expected{"tables/iris.csv", 150, 5, true, '"'},
                                   Expected{"tables/exercise.csv", 90, 6, true, '"'},
                                   Expected{"tables/flights.csv", 144, 3, true, '"'}}) {
    const LoadedData data = read(expected.name);
    EXPECT_EQ(data.table->rowCount(), expected.rows) << expected.name;
    EXPECT_EQ(data.table->columnCount(), expected.columns) << expected.name;
    EXPECT_EQ(data.dialect.header, expected.header) << expected.name;
    EXPECT_EQ(data.dialect.quote, expected.quote) << expected.name;
    EXPECT_EQ(data.dialect.delimiter, ",") << expected.name;
    EXPECT_EQ(warnings(data).find("number of fields"), std::string::npos) << warnings(data);
  }
}

TEST_F(RealTables, DiamondsBecomeADataset) {
  const LoadedData data = read("tables/diamonds.csv");
  const DatasetPtr dataset = makeDataset(
      *data.table, {"price", {{"cut", {}}, {"color", {}}, {"clarity", {}}}, {"carat", "depth"}});
  EXPECT_EQ(dataset->rows, 53940);
  EXPECT_EQ(dataset->skippedRows, 0);
  EXPECT_EQ(dataset->target.kind, TargetKind::Regression);
  EXPECT_EQ(dataset->categorical[0].vocabulary.size(), 5);
  EXPECT_EQ(dataset->categorical[1].vocabulary.size(), 7);
  EXPECT_EQ(dataset->categorical[2].vocabulary.size(), 8);
  EXPECT_TRUE(dataset->categorical[0].vocabulary.find("Very Good"));
}

TEST_F(RealTables, MissingCellsOfEveryMarker) {
  EXPECT_EQ(summarize(*read("tables/titanic.csv").table, 3).missing, 177);
  EXPECT_EQ(summarize(*read("tables/breast-cancer.csv").table, 4).missing, 8);
  const LoadedData adult = read("tables/adult-train.csv");
  EXPECT_EQ(summarize(*adult.table, 1).missing, 1836);
  EXPECT_EQ(adult.table->cell(0, 1), "State-gov");
}

/// What the message about each odd file has to contain; files without text must load silently.
const std::map<std::string, std::vector<std::string>> kMustSay = {
    {"csv_unterminated_quote.csv", {":2", "never closed"}},
    {"csv_ragged.csv", {"line 3 has 2", "line 4 has 4", "3 of the header"}},
    {"csv_backslash_escape.csv", {":2", "backslash"}},
    {"csv_semicolon_decimal_comma.csv", {}},
    {"csv_utf16.csv", {"UTF-16"}},
    {"csv_utf8_bom.csv", {}},
    {"csv_nul.csv", {":2", "NUL"}},
    {"csv_dup_columns.csv", {"a_2", "column 4"}},
    {"csv_empty.csv", {"empty"}},
    {"csv_no_header.csv", {"headerless", "1, 2, 3"}},
    {"csv_all_missing.csv", {"\"a\" has no values"}},
    {"csv_one_category.csv", {"\"a\" has one category"}},
    {"csv_space_after_comma.csv", {}},
    {"csv_case_trailing.csv", {"\"Berlin\" and \"berlin\""}},
    {"csv_mixed_eol.csv", {"mixed line ends"}},
    {"csv_formula.csv", {}},
    {"csv_pipe_double_colon.dat", {"headerless"}},
};

TEST_F(RealTables, OddFilesAreHandledAsExpected) {
  std::ifstream in(m_folder / "bad/expect.json");
  std::set<std::string> seen;
  for (const auto& entry : nlohmann::json::parse(in)) {
    const std::string name = entry.at("file");
    const std::string verdict = entry.at("verdict");
    if (!name.starts_with("csv_")) {
      continue;
    }
    seen.insert(name);
    ASSERT_TRUE(kMustSay.contains(name)) << name;
    std::string said;
    try {
      said = warnings(readDelimited(m_folder / "bad" / name).value());
      EXPECT_NE(verdict, "reject") << name;
      EXPECT_EQ(said.empty(), kMustSay.at(name).empty()) << name << ": " << said;
    } catch (const base::Error& error) {
      said = error.what();
      // UTF-16 may be refused by name.
      EXPECT_TRUE(verdict == "reject" || name == "csv_utf16.csv") << name << ": " << said;
    }
    for (const std::string& part : kMustSay.at(name)) {
      EXPECT_THAT(said, HasSubstr(part)) << name;
    }
  }
  EXPECT_EQ(seen.size(), kMustSay.size());
}

TEST_F(RealTables, OddFilesHoldTheirCells) {
  const auto cells = [&](const char* name) { return read(name).table; };
  const auto comma = cells("bad/csv_semicolon_decimal_comma.csv");
  EXPECT_EQ(comma->cell(0, 1), "1.5");
  EXPECT_EQ(comma->cell(1, 1), "2.25");
  EXPECT_EQ(cells("bad/csv_utf8_bom.csv")->columnName(0), "city");
  EXPECT_EQ(cells("bad/csv_space_after_comma.csv")->columnName(1), "city");
  EXPECT_EQ(cells("bad/csv_space_after_comma.csv")->cell(0, 1), "Berlin");
  EXPECT_EQ(cells("bad/csv_mixed_eol.csv")->rowCount(), 3);
  EXPECT_EQ(cells("bad/csv_formula.csv")->cell(0, 0), "=HYPERLINK(\"http://x\",\"y\")");
  EXPECT_EQ(cells("bad/csv_pipe_double_colon.dat")->columnCount(), 4);
  EXPECT_EQ(cells("bad/csv_pipe_double_colon.dat")->cell(0, 3), "978300760");
}

}  // namespace
}  // namespace embedscope::data
