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

}  // namespace
}  // namespace embedscope
