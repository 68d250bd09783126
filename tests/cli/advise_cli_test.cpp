// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace embedscope {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using tests::ProcessResult;
using tests::runCli;
using tests::TemporaryFolder;

/// 7 colors, color i in 100 · (i + 1) rows; "alive" is the target in words.
std::string stonesCsv() {
  std::string text = "color,alive,price,survived\n";
  int row = 0;
  for (int color = 0; color < 7; ++color) {
    for (int i = 0; i < 100 * (color + 1); ++i, ++row) {
      const bool yes = row % 3 == 0;
      text += std::string(1, static_cast<char>('D' + color)) + (yes ? ",yes," : ",no,") +
              std::to_string(row * 37 % 1009) + (yes ? ",1\n" : ",0\n");
    }
  }
  return text;
}

class AdviseCommand : public testing::Test {
 protected:
  AdviseCommand() : m_data(m_folder.file("stones.csv", stonesCsv())) {}

  ProcessResult advise(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"advise", m_data.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  Json json(std::vector<std::string> more) const {
    more.emplace_back("--json");
    const ProcessResult result = advise(more);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return Json::parse(result.out);
  }

  TemporaryFolder m_folder;
  std::filesystem::path m_data;
};

TEST_F(AdviseCommand, TellsTheNumbersOfAColumn) {
  const Json told = json({"--column", "color"});
  EXPECT_EQ(told.at("column"), "color");
  EXPECT_EQ(told.at("categories"), 7);
  EXPECT_EQ(told.at("rows"), 2800);
  EXPECT_EQ(told.at("rowsPerCategory").at("median"), 400);
  EXPECT_EQ(told.at("rowsPerCategory").at("min"), 100);
  EXPECT_EQ(told.at("hidden"), 32);
  EXPECT_NEAR(told.at("breakEvenDimension").get<double>(), 7.0 * 32 / 39, 1e-9);
  EXPECT_THAT(told.at("advice").get<std::string>(), HasSubstr("With 7 categories"));
  EXPECT_THAT(told.at("advice").get<std::string>(), HasSubstr("embedscope-cli compare"));
  EXPECT_TRUE(told.at("warning").is_null());
  EXPECT_TRUE(told.at("cautions").empty());
  EXPECT_EQ(told.at("principle").at("name"), "Yin & Shen");
}

TEST_F(AdviseCommand, ListsEveryRuleWithItsSource) {
  const Json rules = json({"--column", "color"}).at("rules");
  std::vector<std::pair<std::string, int>> sizes;
  for (const Json& rule : rules) {
    sizes.emplace_back(rule.at("name"), rule.at("dimension"));
    EXPECT_FALSE(rule.at("source").get<std::string>().empty());
    EXPECT_FALSE(rule.at("formula").get<std::string>().empty());
  }
  EXPECT_THAT(sizes,
              testing::ElementsAre(
                  testing::Pair("fastai", 5), testing::Pair("older fastai", 4),
                  testing::Pair("pytorch-forecasting", 5), testing::Pair("AutoGluon", 4),
                  testing::Pair("Google, fourth root", 2), testing::Pair("Guo & Berkhahn", 6)));
  EXPECT_EQ(rules.at(5).at("meaning"), "at-most");
}

TEST_F(AdviseCommand, TakesTheWidthOfTheHiddenLayer) {
  const Json narrow = json({"--column", "color", "--hidden", "4"});
  EXPECT_NEAR(narrow.at("breakEvenDimension").get<double>(), 28.0 / 11, 1e-9);
  EXPECT_TRUE(narrow.at("rules").at(0).at("exceeds").get<bool>());
  EXPECT_THAT(narrow.at("warning").get<std::string>(), HasSubstr("exceed d* = 2.5"));
  EXPECT_EQ(json({"--column", "color", "--hidden", "64,16"}).at("hidden"), 64);
  EXPECT_TRUE(json({"--column", "color", "--hidden", "0"}).at("breakEvenDimension").is_null());
}

TEST_F(AdviseCommand, TellsWhenTheColumnGivesTheTargetAway) {
  const Json told = json({"--column", "alive", "--target", "survived"});
  ASSERT_EQ(told.at("cautions").size(), 1U);
  EXPECT_EQ(told.at("cautions").at(0).at("kind"), "target-leakage");
  EXPECT_THAT(told.at("cautions").at(0).at("text").get<std::string>(), HasSubstr("“alive”"));
  EXPECT_TRUE(json({"--column", "color", "--target", "survived"}).at("cautions").empty());
}

TEST_F(AdviseCommand, WritesTextForPeople) {
  const ProcessResult result = advise({"--column", "alive", "--target", "survived"});
  EXPECT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("categories         2\n"));
  EXPECT_THAT(result.out, HasSubstr("AutoGluon"));
  EXPECT_THAT(result.out, HasSubstr("\nOne-hot\n"));
  EXPECT_THAT(result.out, HasSubstr("\nbeware\n"));
}

TEST_F(AdviseCommand, RefusesWhatIsNotThere) {
  const ProcessResult noColumn = advise({"--column", "cut"});
  EXPECT_EQ(noColumn.exitCode, 2);
  EXPECT_EQ(noColumn.err, "embedscope-cli: --column: there is no column \"cut\"\n");
  EXPECT_EQ(advise({"--column", "color", "--target", "cut"}).exitCode, 2);
  EXPECT_EQ(advise({"--column", "color", "--target", "color"}).exitCode, 2);
  EXPECT_EQ(advise({"--column", "color", "--hidden", "-3"}).exitCode, 2);
  EXPECT_EQ(advise({}).exitCode, 2);
  EXPECT_EQ(runCli({"advise", (m_folder / "none.csv").string(), "--column", "x"}).exitCode, 3);
}

TEST_F(AdviseCommand, HelpNamesEveryOption) {
  const ProcessResult help = advise({"--help"});
  EXPECT_EQ(help.exitCode, 0);
  for (const char* option : {"--column", "--target", "--hidden", "--json"}) {
    EXPECT_THAT(help.out, HasSubstr(option));
  }
}

}  // namespace
}  // namespace embedscope
