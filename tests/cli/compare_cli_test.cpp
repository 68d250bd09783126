// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace embedscope {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using tests::fileBytes;
using tests::ProcessResult;
using tests::runCli;
using tests::TemporaryFolder;

/// Six fruits in two shops; the price has an effect for each fruit and some noise.
std::string fruitCsv() {
  const std::vector<std::string> fruits = {"apple", "pear", "plum", "fig", "kiwi", "lime"};
  const std::vector<int> effects = {3, 17, 8, 29, 1, 22};
  std::string text = "fruit,shop,size,weight,price\n";
  for (std::size_t i = 0; i < 300; ++i) {
    const std::size_t fruit = i * 7 % fruits.size();
    const std::size_t shop = i / 3 % 2;
    text +=
        fruits[fruit] + (shop == 0 ? ",north," : ",south,") + std::to_string(i % 3) + "," +
        std::to_string(i * 13 % 11) + "," +
        std::to_string(effects[fruit] + 5 * static_cast<int>(shop) + static_cast<int>(i * 31 % 5)) +
        "\n";
  }
  return text;
}

class CompareCommand : public testing::Test {
 protected:
  CompareCommand() : m_data(m_folder.file("fruit.csv", fruitCsv())) {}

  ProcessResult compare(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {
        "compare", m_data.string(), "--target", "price", "--epochs", "4", "--batch", "32"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  Json compareJson(std::vector<std::string> more) const {
    more.emplace_back("--json");
    const ProcessResult result = compare(more);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return Json::parse(result.out);
  }

  TemporaryFolder m_folder;
  std::filesystem::path m_data;
};

TEST_F(CompareCommand, GivesTheKeysThatProgramsRelyOn) {
  const Json race = compareJson({"--column", "fruit", "--seeds", "3", "--seed", "7"});
  EXPECT_EQ(race.at("metricName"), "rmse");
  EXPECT_EQ(race.at("lessIsBetter"), true);
  EXPECT_EQ(race.at("seeds"), Json({7, 8, 9}));
  EXPECT_TRUE(race.at("verdict").is_string());
  std::vector<std::string> names;
  for (const Json& result : race.at("results")) {
    names.push_back(result.at("name"));
    ASSERT_EQ(result.at("validation").at("perSeed").size(), 3U);
    double sum = 0;
    for (const Json& value : result.at("validation").at("perSeed")) {
      sum += value.get<double>();
    }
    EXPECT_NEAR(result.at("validation").at("mean").get<double>(), sum / 3, 1e-9 * sum);
    EXPECT_GT(result.at("validation").at("standardError").get<double>(), 0);
    EXPECT_GT(result.at("secondsPerEpoch").get<double>(), 0);
  }
  // Sizes are those of 1, 2, 4, 8 below six categories.
  EXPECT_THAT(names, testing::ElementsAre("one-hot", "identity", "random, d = 1", "random, d = 2",
                                          "random, d = 4"));
  const Json& oneHot = race.at("results").at(0);
  EXPECT_EQ(oneHot.at("approach"), "one-hot");
  EXPECT_EQ(oneHot.at("dimension"), 6);
  // The shop 2 × 2, size and weight; hidden 32 and 16.
  EXPECT_EQ(oneHot.at("parameters"), 4 + (6 + 2 + 2) * 32 + 32 + 32 * 16 + 16 + 16 + 1);
  EXPECT_EQ(oneHot.at("inputBytes"), 240 * 6 * 4);
  EXPECT_EQ(race.at("results").at(2).at("inputBytes"), 240 * 4);
  EXPECT_EQ(race.at("results").at(2).at("approach"), "random");
  EXPECT_EQ(race.at("differences").size(), 4U);
  EXPECT_EQ(race.at("recipe").at("columns").at(0).at("races"), true);
  EXPECT_EQ(race.at("recipe").at("columns").at(1).at("races"), false);
  EXPECT_EQ(race.at("recipe").at("patience"), 10);
}

TEST_F(CompareCommand, ARunOfARaceIsTheRunOfTrain) {
  const Json race =
      compareJson({"--column", "fruit", "--seeds", "2", "--seed", "5", "--dims", "3"});
  for (const int seed : {5, 6}) {
    const std::filesystem::path out = m_folder / ("train" + std::to_string(seed));
    const ProcessResult trained =
        runCli({"train", m_data.string(), "--target", "price", "--epochs", "4", "--batch", "32",
                "--dim", "fruit=3", "--seed", std::to_string(seed), "-o", out.string()});
    ASSERT_EQ(trained.exitCode, 0) << trained.err;
    const Json run = Json::parse(fileBytes(out / "run.json"));
    EXPECT_EQ(run.at("epochs").back().at("validationMetric"),
              race.at("results")
                  .at(2)
                  .at("validation")
                  .at("perSeed")
                  .at(static_cast<std::size_t>(seed - 5)));
  }
}

TEST_F(CompareCommand, ThreadsDoNotChangeTheNumbers) {
  std::vector<Json> races;
  for (const char* threads : {"1", "2", "7"}) {
    races.push_back(compareJson({"--column", "fruit", "--seeds", "2", "--threads", threads}));
    for (Json& result : races.back().at("results")) {
      result.erase("secondsPerEpoch");
    }
  }
  EXPECT_EQ(races[0], races[1]);
  EXPECT_EQ(races[0], races[2]);
}

TEST_F(CompareCommand, AFrozenIdentityIsOneHot) {
  const Json race =
      compareJson({"--column", "shop", "--approaches", "one-hot,identity-frozen", "--seeds", "2"});
  EXPECT_EQ(race.at("results").at(1).at("approach"), "identity-frozen");
  EXPECT_EQ(race.at("results").at(0).at("validation"), race.at("results").at(1).at("validation"));
  EXPECT_THAT(race.at("verdict").get<std::string>(), HasSubstr("to the last bit"));
}

TEST_F(CompareCommand, TellsPeopleTheTableAndTheVerdict) {
  const ProcessResult result =
      compare({"--column", "fruit", "--approaches", "one-hot,random", "--dims", "1,8"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("warning: There are 60 validation rows"));
  EXPECT_EQ(compare({"--column", "fruit", "--seeds", "1", "--quiet"}).err, "");
  EXPECT_THAT(result.out, HasSubstr("rows       240 to train on, 60 to validate\n"));
  EXPECT_THAT(result.out, HasSubstr("races      fruit (6)\n"));
  EXPECT_THAT(result.out, HasSubstr("beside     shop (2), 2 numbers → 32 → 16 → price\n"));
  EXPECT_THAT(result.out, HasSubstr("up to 4 epochs of batches of 32, adam at 0.001"));
  EXPECT_THAT(result.out, HasSubstr("seeds 1 to 5"));
  EXPECT_THAT(result.out, HasSubstr("validation RMSE"));
  EXPECT_THAT(result.out, HasSubstr("5.76 kB"));  // 240 rows of six floats
  EXPECT_THAT(result.out, HasSubstr(" ± "));
  EXPECT_THAT(result.out, Not(HasSubstr(" \n")));  // no blanks at the ends of lines
}

TEST_F(CompareCommand, EveryCategoricalColumnRacesUnlessToldOtherwise) {
  const Json race = compareJson({"--seeds", "2"});
  EXPECT_EQ(race.at("recipe").at("columns").at(0).at("races"), true);
  EXPECT_EQ(race.at("recipe").at("columns").at(1).at("races"), true);
  EXPECT_EQ(race.at("results").at(0).at("inputBytes"), 240 * (6 + 2) * 4);
  // A column of numbers may race, too; it is a category then.
  const Json size = compareJson({"--column", "size,fruit", "--seeds", "2"});
  EXPECT_EQ(size.at("results").at(0).at("inputBytes"), 240 * (6 + 3) * 4);
  EXPECT_EQ(size.at("recipe").at("numeric"), Json({"weight"}));
}

TEST_F(CompareCommand, PretrainedTablesRaceFrozenAndFineTuned) {
  const auto table = m_folder.file("t.txt", "2 2\napple 1 0\npear 0 1\n");
  const Json race =
      compareJson({"--column", "fruit", "--approaches", "pretrained,pretrained-frozen,random",
                   "--dims", "2", "--seeds", "2", "--pretrained", "fruit=" + table.string()});
  EXPECT_EQ(race.at("results").at(0).at("dimension"), 2);
  EXPECT_EQ(race.at("results").at(0).at("parameters").get<int>(),
            race.at("results").at(1).at("parameters").get<int>() + 12);
  EXPECT_EQ(race.at("results").at(1).at("approach"), "pretrained-frozen");
}

TEST_F(CompareCommand, WarnsOfAColumnThatDecidesTheTarget) {
  std::string text = "fruit,grade,class\n";
  for (int i = 0; i < 90; ++i) {
    const std::string value = std::to_string(i * 7 % 5 % 2);
    text += "f" + std::to_string(i % 3) + ",g" + value + ",c" + value + "\n";
  }
  const auto data = m_folder.file("leak.csv", text);
  const std::vector<std::string> arguments = {"compare",  data.string(), "--target", "class",
                                              "--column", "fruit",       "--epochs", "2",
                                              "--seeds",  "2",           "--json"};
  const ProcessResult result = runCli(arguments);
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("warning: “grade”"));
  const Json race = Json::parse(result.out);
  EXPECT_EQ(race.at("metricName"), "accuracy");
  EXPECT_EQ(race.at("lessIsBetter"), false);
  EXPECT_EQ(race.at("cautions").at(0).at("column"), "grade");
  EXPECT_TRUE(race.at("cautions").at(0).contains("kind"));
}

TEST_F(CompareCommand, WrongUsageIsTwo) {
  const auto refused = [&](const std::vector<std::string>& more, const std::string& why) {
    const ProcessResult result = compare(more);
    EXPECT_EQ(result.exitCode, 2) << why;
    EXPECT_THAT(result.err, HasSubstr(why));
    EXPECT_EQ(result.out, "");
  };
  refused({"--column", "color"}, "\"color\"");
  refused({"--column", "price"}, "price");
  refused({"--approaches", "one-hot,embedding"}, "there is no approach \"embedding\"");
  refused({"--approaches", "one-hot-frozen"}, "there is no approach");
  refused({"--approaches", "one-hot,one-hot"}, "takes part twice");
  refused({"--approaches", "pretrained"}, "pretrained table");
  refused({"--dims", "0"}, "dimension 0");
  refused({"--dims", "two"}, "two");
  refused({"--seeds", "0"}, "--seeds 0");
  refused({"--validation", "0"}, "validation rows");
  EXPECT_EQ(runCli({"compare", m_data.string()}).exitCode, 2);  // no target
}

TEST_F(CompareCommand, BadDataIsOneAndMissingFilesAreThree) {
  const ProcessResult diverged =
      compare({"--optimizer", "sgd", "--learning-rate", "1e9", "--seeds", "2"});
  EXPECT_EQ(diverged.exitCode, 1);
  EXPECT_THAT(diverged.err, HasSubstr("Every run diverged"));
  EXPECT_EQ(diverged.out, "");
  EXPECT_EQ(runCli({"compare", (m_folder / "none.csv").string(), "--target", "y"}).exitCode, 3);
}

TEST_F(CompareCommand, IsInterruptedAtOnce) {
  tests::Process process({EMBEDSCOPE_CLI, "compare", m_data.string(), "--target", "price",
                          "--epochs", "100000000", "--patience", "0"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  process.signal(SIGINT);
  const ProcessResult result = process.wait();
  EXPECT_EQ(result.exitCode, 130);
  EXPECT_EQ(result.out, "");
}

class CrossoverCommand : public CompareCommand {};

ProcessResult crossover(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "crossover");
  arguments.insert(arguments.end(), {"--epochs", "3", "--seeds", "2", "--hidden", "8"});
  return runCli(arguments);
}

TEST_F(CrossoverCommand, SweepsGeneratedData) {
  const ProcessResult result = crossover({"--axis", "categories", "--values", "4,8", "--rank", "3",
                                          "--rows", "10", "--noise", "0.2", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const Json sweep = Json::parse(result.out);
  EXPECT_EQ(sweep.at("axis"), "categories");
  EXPECT_EQ(sweep.at("metricName"), "rmse");
  ASSERT_EQ(sweep.at("points").size(), 2U);
  const Json& point = sweep.at("points").at(1);
  EXPECT_EQ(point.at("value"), 8);
  EXPECT_EQ(point.at("baseline").at("approach"), "one-hot");
  EXPECT_EQ(point.at("challenger").at("dimension"), 3);  // the rank, when nothing else is asked
  EXPECT_EQ(point.at("difference").at("pairs"), 2);
  EXPECT_TRUE(sweep.contains("crossover") && sweep.contains("lower") && sweep.contains("upper"));
  EXPECT_TRUE(sweep.at("verdict").is_string());
  EXPECT_EQ(sweep.at("generated"),
            Json({{"rowsPerCategory", 10}, {"latentRank", 3}, {"noise", 0.2}, {"seed", 1}}));
  EXPECT_EQ(sweep.at("recipe").at("batch"), 64);

  const ProcessResult rows = crossover(
      {"--axis", "rows-per-category", "--values", "4,8", "--categories", "6", "--dimension", "1"});
  ASSERT_EQ(rows.exitCode, 0) << rows.err;
  EXPECT_EQ(rows.err, "");
  EXPECT_THAT(rows.out, HasSubstr("rows-per-category"));
  EXPECT_THAT(rows.out, HasSubstr("random, d = 1"));
}

TEST_F(CrossoverCommand, SweepsTheDimensionOnAColumn) {
  const ProcessResult result = crossover({m_data.string(), "--target", "price", "--column", "fruit",
                                          "--axis", "dimension", "--values", "1,2,6", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const Json sweep = Json::parse(result.out);
  EXPECT_FALSE(sweep.contains("generated"));
  EXPECT_EQ(sweep.at("points").at(2).at("challenger").at("dimension"), 6);
  EXPECT_EQ(sweep.at("recipe").at("batch"), 256);
  const ProcessResult raced = runCli({"compare", m_data.string(), "--target", "price", "--column",
                                      "fruit", "--approaches", "one-hot,random", "--dims", "6",
                                      "--epochs", "3", "--seeds", "2", "--hidden", "8", "--json"});
  const Json race = Json::parse(raced.out);
  EXPECT_EQ(sweep.at("points").at(2).at("challenger").at("validation"),
            race.at("results").at(1).at("validation"));
}

TEST_F(CrossoverCommand, WrongUsageIsTwo) {
  const auto refused = [&](const std::vector<std::string>& arguments, const std::string& why) {
    const ProcessResult result = crossover(arguments);
    EXPECT_EQ(result.exitCode, 2) << why;
    EXPECT_THAT(result.err, HasSubstr(why));
  };
  refused({"--axis", "rows", "--values", "4,8"}, "there is no axis \"rows\"");
  refused({"--axis", "categories", "--values", "8"}, "at least two values");
  refused({"--axis", "categories", "--values", "8,4"}, "must rise");
  refused({"--axis", "categories", "--values", "4,8", "--target", "price"}, "DATA");
  refused({"--axis", "dimension", "--values", "1,2"}, "needs a data file");
  refused({m_data.string(), "--target", "price", "--axis", "categories", "--values", "4,8"},
          "not a data file");
  refused({m_data.string(), "--target", "price", "--axis", "dimension", "--values", "1,2", "--rank",
           "2"},
          "--rank");
  refused({m_data.string(), "--target", "price", "--axis", "dimension", "--values", "1,2",
           "--challenger", "identity"},
          "approach random");
}

}  // namespace
}  // namespace embedscope
