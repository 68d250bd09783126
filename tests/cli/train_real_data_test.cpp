// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace embedscope {
namespace {

using Json = nlohmann::json;
using tests::fileBytes;
using tests::ProcessResult;
using tests::TemporaryFolder;

/// Standard deviation of the price in diamonds.csv, by pandas.
constexpr double kPriceDeviation = 3989.4397;

/// What check_export.py ends with where PyTorch or gensim is not installed.
constexpr int kNotInstalled = 77;

class TrainOnDiamonds : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA is not set";
    }
    m_data = std::filesystem::path(folder) / "tables/diamonds.csv";
  }

  Json train(const std::string& output, const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"train",
                                          m_data.string(),
                                          "--target",
                                          "price",
                                          "--categorical",
                                          "cut,color,clarity",
                                          "--epochs",
                                          "3",
                                          "-o",
                                          path(output).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProcessResult result = tests::runCli(arguments);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return Json::parse(fileBytes(path(output) / "run.json"));
  }

  std::filesystem::path path(const std::string& name) const { return m_folder / name; }

  TemporaryFolder m_folder;
  std::filesystem::path m_data;
};

TEST_F(TrainOnDiamonds, ExplainsMostOfThePriceInThreeEpochs) {
  const Json run = train("out", {});
  EXPECT_LT(run.at("epochs").back().at("validationMetric").get<double>(), kPriceDeviation / 3);
  EXPECT_EQ(run.at("recipe").at("trainRows"), 43152);
  EXPECT_EQ(run.at("recipe").at("validationRows"), 10788);
}

TEST_F(TrainOnDiamonds, OneAndTwoThreadsGiveTheSameBytes) {
  Json one = train("one", {"--threads", "1"});
  Json two = train("two", {"--threads", "2"});
  for (const char* feature : {"cut", "color", "clarity"}) {
    const std::string file = std::string(feature) + ".csv";
    EXPECT_EQ(fileBytes(path("one") / file), fileBytes(path("two") / file)) << feature;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    one["epochs"][i].erase("seconds");
    two["epochs"][i].erase("seconds");
  }
  EXPECT_EQ(one["epochs"], two["epochs"]);
}

TEST_F(TrainOnDiamonds, TheTablesLoadInPyTorchAndGensim) {
  const std::vector<std::string> formats = {"csv", "npy", "word2vec-text", "word2vec-binary"};
  std::vector<std::string> arguments = {"/usr/bin/python3",
                                        EMBEDSCOPE_REFERENCE_DIR "/training/check_export.py"};
  for (const std::string& format : formats) {
    train(format, {"--format", format});
    arguments.push_back(format + "=" + path(format).string());
  }
  const ProcessResult result = tests::runProcess(arguments);
  if (result.exitCode == kNotInstalled) {
    GTEST_SKIP() << result.err;
  }
  EXPECT_EQ(result.exitCode, 0) << result.out << result.err;
  EXPECT_THAT(result.out, testing::HasSubstr("12 tables"));
}

/// Tables as they come, with nothing said but the target. Shares and counts by pandas.
class TrainAsItComes : public TrainOnDiamonds {
 protected:
  Json train(const std::string& file, const std::string& target,
             const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {
        "train", m_data.parent_path() / file, "--target", target, "--epochs", "5",
        "-o",    path(file).string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProcessResult result = tests::runCli(arguments);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    m_err = result.err;
    return Json::parse(fileBytes(path(file) / "run.json"));
  }

  static double metric(const Json& run) {
    return run.at("epochs").back().at("validationMetric").get<double>();
  }

  std::string m_err;
};

TEST_F(TrainAsItComes, TheCensusHasNoHeaderAndMissingValues) {
  const Json run = train("adult-train.csv", "15", {"--loss", "binary-cross-entropy"});
  EXPECT_THAT(m_err, testing::HasSubstr("columns are named 1, 2, 3"));
  EXPECT_EQ(run.at("recipe").at("trainRows").get<int>() +
                run.at("recipe").at("validationRows").get<int>(),
            32561);
  EXPECT_EQ(run.at("recipe").at("features").size(), 8U);
  EXPECT_EQ(run.at("recipe").at("numeric").size(), 6U);
  EXPECT_THAT(fileBytes(path("adult-train.csv") / "2.csv"), testing::HasSubstr("\n(missing),"));
  EXPECT_GT(metric(run), 0.83);  // 0.759 earn the less
}

TEST_F(TrainAsItComes, TaxisHaveHundredsOfZonesAndTimesThatAreNoCategories) {
  const Json run = train("taxis.csv", "fare", {"--rare-below", "5", "--unseen", "mean-of-known"});
  EXPECT_THAT(m_err, testing::HasSubstr("column \"pickup\" is left out"));
  EXPECT_THAT(m_err, testing::HasSubstr("\"(rare)\""));
  EXPECT_EQ(run.at("notes").size(), 3U);  // both zones and where people get off
  EXPECT_EQ(run.at("tables").size(), 6U);
  EXPECT_LT(metric(run), 11.55);  // the deviation of the fare
}

TEST_F(TrainAsItComes, TheTitanicSaysThatAColumnGivesTheTargetAway) {
  const Json run = train("titanic.csv", "alive");
  EXPECT_EQ(run.at("recipe").at("skippedRows"), 177);  // without age
  EXPECT_THAT(m_err, testing::HasSubstr("“survived” decides the target"));
}

}  // namespace
}  // namespace embedscope
