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
using tests::fileBytes;
using tests::ProcessResult;
using tests::runCli;
using tests::TemporaryFolder;

constexpr int kRows = 200;

/// Fruit with labels that hold blanks, commas and quotes; the price is a function of the columns.
std::string fruitCsv() {
  const std::vector<std::string> fruits = {"\"Granny Smith\"", "\"pear, ripe\"",
                                           "\"\"\"best\"\" plum\"", "fig"};
  const std::vector<std::string> shops = {"A/B", "corner"};
  std::string text = "fruit,the shop,weight,price,rating\n";
  for (std::size_t i = 0; i < kRows; ++i) {
    const std::size_t fruit = i % fruits.size();
    const std::size_t shop = i / 3 % shops.size();
    text += fruits[fruit] + "," + shops[shop] + "," + std::to_string(i % 7) + "," +
            std::to_string(10 * fruit + 3 * shop + i % 7) + "," + (fruit > 1 ? "good" : "fair") +
            "\n";
  }
  return text;
}

class TrainCommand : public testing::Test {
 protected:
  TrainCommand() : m_data(m_folder.file("fruit.csv", fruitCsv())) {}

  /// Trains on the fruit; further arguments follow.
  ProcessResult train(const std::string& output, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"train", m_data.string(),       "--target", "price",
                                          "-o",    path(output).string(), "--epochs", "3"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  std::filesystem::path path(const std::string& name) const { return m_folder / name; }

  Json runJson(const std::string& output) const {
    return Json::parse(fileBytes(path(output) / "run.json"));
  }

  TemporaryFolder m_folder;
  std::filesystem::path m_data;
};

TEST_F(TrainCommand, WritesOneTablePerFeatureAndRunJson) {
  const ProcessResult result = train("out", {"--dim", "fruit=3", "--seed", "5", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("warning: There are 40 validation rows"));
  EXPECT_EQ(result.out, fileBytes(path("out") / "run.json"));

  const Json run = runJson("out");
  EXPECT_EQ(run.at("approach"), "random");
  EXPECT_EQ(run.at("seed"), 5);
  EXPECT_EQ(run.at("metricName"), "rmse");
  ASSERT_EQ(run.at("cautions").size(), 1U);
  EXPECT_EQ(run.at("cautions").at(0).at("kind"), "small-validation");
  EXPECT_EQ(train("silent", {"--quiet"}).err, "");
  ASSERT_EQ(run.at("epochs").size(), 3U);
  for (const char* key : {"epoch", "trainLoss", "validationLoss", "validationMetric", "seconds"}) {
    EXPECT_TRUE(run.at("epochs").at(2).at(key).is_number()) << key;
  }
  // By default every column of labels is a feature and every other number an input:
  // fruit 4 × 3, the shop 2 × 2, rating 2 × 2, weight; hidden 32 and 16.
  const int inputs = 3 + 2 + 2 + 1;
  EXPECT_EQ(run.at("parameters"), 4 * 3 + 2 * 2 + 2 * 2 + inputs * 32 + 32 + 32 * 16 + 16 + 16 + 1);
  ASSERT_EQ(run.at("tables").size(), 3U);
  const Json& fruit = run.at("tables").at(0);
  EXPECT_EQ(fruit.at("feature"), "fruit");
  EXPECT_EQ(fruit.at("rows"), 4);
  EXPECT_EQ(fruit.at("dimension"), 3);
  EXPECT_EQ(fruit.at("path"), (path("out") / "fruit.csv").string());

  const std::string csv = fileBytes(path("out") / "fruit.csv");
  EXPECT_THAT(csv, testing::StartsWith("label,0,1,2\n"));
  EXPECT_THAT(csv, HasSubstr("\n\"pear, ripe\","));
  EXPECT_THAT(csv, HasSubstr("\n\"\"\"best\"\" plum\","));
}

TEST_F(TrainCommand, SummarizesForPeople) {
  const ProcessResult result = train("out");
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("160 to train on, 40 to validate"));
  EXPECT_THAT(result.out, HasSubstr("validation loss"));
  EXPECT_THAT(result.out, HasSubstr("the shop.csv"));
}

TEST_F(TrainCommand, ThreadsDoNotChangeTheBytes) {
  ASSERT_EQ(train("one", {"--threads", "1"}).exitCode, 0);
  ASSERT_EQ(train("two", {"--threads", "2"}).exitCode, 0);
  ASSERT_EQ(train("other", {"--seed", "2"}).exitCode, 0);
  for (const char* name : {"fruit.csv", "the shop.csv", "rating.csv"}) {
    EXPECT_EQ(fileBytes(path("one") / name), fileBytes(path("two") / name));
    EXPECT_NE(fileBytes(path("one") / name), fileBytes(path("other") / name));
  }
}

TEST_F(TrainCommand, LabelsAsTargetMakeAClassification) {
  const ProcessResult result =
      runCli({"train", m_data.string(), "--target", "rating", "--categorical", "fruit",
              "--no-numeric", "--approach", "one-hot", "--epochs", "100", "--hidden", "0",
              "--learning-rate", "0.05", "-o", path("out").string()});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const Json run = runJson("out");
  EXPECT_EQ(run.at("metricName"), "accuracy");
  EXPECT_EQ(run.at("approach"), "one-hot");
  EXPECT_EQ(run.at("parameters"), 4 * 2 + 2);
  EXPECT_EQ(run.at("epochs").back().at("validationMetric"), 1.0);  // rating follows from fruit
  EXPECT_THAT(fileBytes(path("out") / "fruit.csv"), testing::EndsWith("fig,0,0,0,1\n"));
}

TEST_F(TrainCommand, WithoutValidationThereIsNoMetric) {
  ASSERT_EQ(train("out", {"--validation", "0"}).exitCode, 0);
  EXPECT_TRUE(runJson("out").at("epochs").at(0).at("validationMetric").is_null());
}

TEST_F(TrainCommand, AFrozenPretrainedTableComesBackAsItWas) {
  ASSERT_EQ(train("first", {"--format", "word2vec-binary", "--categorical", "the shop"}).exitCode,
            0);
  const std::string table = runJson("first").at("tables").at(0).at("path");
  const ProcessResult result =
      train("second", {"--format", "word2vec-binary", "--categorical", "the shop,fruit", "--dim",
                       "the shop=7", "--pretrained", "the shop=" + table, "--frozen", "the shop"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const Json run = runJson("second");
  EXPECT_EQ(run.at("approach"), "pretrained+random");
  EXPECT_EQ(run.at("tables").at(0).at("dimension"), 2);  // that of the table
  EXPECT_EQ(fileBytes(table), fileBytes(run.at("tables").at(0).at("path").get<std::string>()));
}

TEST_F(TrainCommand, TheDataMayComeLastAndListsMayBeRepeated) {
  const ProcessResult result = runCli({"train",
                                       "--epochs",
                                       "1",
                                       "--target",
                                       "price",
                                       "-o",
                                       path("out").string(),
                                       "--dim",
                                       "fruit=3",
                                       "--dim",
                                       "the shop=4",
                                       "--hidden",
                                       "8,4",
                                       "--numeric",
                                       "weight",
                                       "--categorical",
                                       "fruit",
                                       "--categorical",
                                       "the shop",
                                       m_data.string()});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const Json run = runJson("out");
  EXPECT_EQ(run.at("tables").at(0).at("dimension"), 3);
  EXPECT_EQ(run.at("tables").at(1).at("dimension"), 4);
  EXPECT_EQ(run.at("recipe").at("hidden"), Json({8, 4}));
}

TEST_F(TrainCommand, FileNamesHoldNoFolders) {
  const auto data = m_folder.file("odd.csv", "../up,a/b,y\nx,p,1\nz,q,2\nx,q,3\nz,p,4\n");
  const ProcessResult result = runCli(
      {"train", data.string(), "--target", "y", "--epochs", "1", "-o", path("odd").string()});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_TRUE(std::filesystem::exists(path("odd") / "_._up.csv"));
  EXPECT_TRUE(std::filesystem::exists(path("odd") / "a_b.csv"));
}

TEST_F(TrainCommand, WrongUsageIsTwo) {
  const auto refused = [&](const std::vector<std::string>& more, const std::string& why) {
    const ProcessResult result = train("out", more);
    EXPECT_EQ(result.exitCode, 2) << why;
    EXPECT_THAT(result.err, HasSubstr(why));
    EXPECT_EQ(result.out, "");
    EXPECT_FALSE(std::filesystem::exists(path("out")));
  };
  refused({"--categorical", "color"}, "\"color\"");
  refused({"--categorical", "price"}, "price");
  refused({"--numeric", "fruit"}, "fruit");
  refused({"--approach", "embedding"}, "one-hot, identity, random or pretrained");
  refused({"--approach", "pretrained"}, "pretrained table");
  refused({"--optimizer", "lbfgs"}, "sgd, adagrad, adam, adamw or sparse-adam");
  refused({"--dim", "fruit=two"}, "\"two\"");
  refused({"--dim", "fruit=0"}, "dimension 0");
  refused({"--dim", "weight=2"}, "\"weight\"");
  refused({"--frozen", "weight"}, "\"weight\"");
  refused({"--learning-rate", "-1"}, "learning rate");
  refused({"--validation", "1"}, "validation share");
  refused({"--batch", "0"}, "batch size");
  refused({"--format", "xlsx"}, "xlsx");
  EXPECT_EQ(runCli({"train", m_data.string(), "--target", "price"}).exitCode, 2);  // no -o
  EXPECT_EQ(
      runCli({"train", m_data.string(), "--target", "cost", "-o", path("out").string()}).exitCode,
      2);
}

TEST_F(TrainCommand, BadDataIsOne) {
  const auto data = m_folder.file("one.csv", "a,y\nx,same\nz,same\n");
  EXPECT_EQ(runCli({"train", data.string(), "--target", "y", "-o", path("out").string()}).exitCode,
            1);
  const ProcessResult diverged =
      train("out", {"--optimizer", "sgd", "--learning-rate", "1e9", "--batch", "8"});
  EXPECT_EQ(diverged.exitCode, 1);
  EXPECT_THAT(diverged.err, HasSubstr("learning rate"));
  EXPECT_FALSE(std::filesystem::exists(path("out")));
}

TEST_F(TrainCommand, FilesThatCannotBeReadOrWrittenAreThree) {
  EXPECT_EQ(
      runCli({"train", path("none.csv").string(), "--target", "y", "-o", path("out").string()})
          .exitCode,
      3);
  const ProcessResult result = train("fruit.csv/out");  // a folder inside a file
  EXPECT_EQ(result.exitCode, 3) << result.err;
  EXPECT_EQ(fileBytes(m_data), fruitCsv());
}

TEST_F(TrainCommand, AnInterruptedRunLeavesNothing) {
  tests::Process process({EMBEDSCOPE_CLI, "train", m_data.string(), "--target", "price", "-o",
                          path("out").string(), "--epochs", "100000000"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  process.signal(SIGINT);
  const ProcessResult result = process.wait();
  EXPECT_EQ(result.exitCode, 130);
  EXPECT_EQ(result.out, "");
  EXPECT_FALSE(std::filesystem::exists(path("out")));
}

}  // namespace
}  // namespace embedscope
