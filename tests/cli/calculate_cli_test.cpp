// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace embedscope {
namespace {

using testing::HasSubstr;
using tests::ProcessResult;
using tests::runCli;

class CalculateCommand : public testing::Test {
 protected:
  CalculateCommand()
      : m_table(m_folder.file("t.txt",
                              "6 2\nking 3 4\nman 10 0\nwoman 0 1\nqueen -1 4\nwell-known 1 1\n"
                              "ö 0 -1\n")) {}

  ProcessResult run(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"calculate", m_table.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  nlohmann::json json(std::vector<std::string> more) const {
    more.emplace_back("--json");
    const ProcessResult result = run(more);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return nlohmann::json::parse(result.out);
  }

  tests::TemporaryFolder m_folder;
  std::filesystem::path m_table;
};

TEST_F(CalculateCommand, PrintsOneJsonObject) {
  const auto object = json({"king - man + 2*woman", "-k", "2"});
  EXPECT_EQ(object.size(), 3U);
  EXPECT_EQ(object.at("metric"), "cosine");
  EXPECT_EQ(object.at("terms"), nlohmann::json::parse(
                                    R"([{"label": "king", "row": 0, "weight": 1.0},
                                        {"label": "man", "row": 1, "weight": -1.0},
                                        {"label": "woman", "row": 2, "weight": 2.0}])"));
  const auto& neighbors = object.at("neighbors");
  ASSERT_EQ(neighbors.size(), 2U);
  EXPECT_EQ(neighbors[0].at("label"), "queen");
  EXPECT_EQ(neighbors[0].at("row"), 3);
  // (0.6, 0.8) - (1, 0) + 2 (0, 1) = (-0.4, 2.8) and (-1, 4)
  EXPECT_NEAR(neighbors[0].at("score").get<double>(), 11.6 / std::sqrt(8.0 * 17.0), 1e-6);
  EXPECT_EQ(neighbors[1].at("label"), "well-known");
}

TEST_F(CalculateCommand, OptionsChooseTheVectorsAndTheRows) {
  EXPECT_EQ(json({"woman - well-known", "--keep-inputs"}).at("neighbors")[0].at("label"), "queen");
  const auto kept = json({"king + king + woman", "--keep-inputs", "-k", "1"});
  EXPECT_EQ(kept.at("neighbors")[0].at("label"), "king");
  const auto raw = json({"man + woman", "--raw"}).at("neighbors")[0];
  EXPECT_EQ(raw.at("label"), "well-known");
  EXPECT_NEAR(raw.at("score").get<double>(), 11 / std::sqrt(202.0), 1e-6);
}

TEST_F(CalculateCommand, MultipliesSimilarities) {
  const auto object = json({"woman - man", "--cosmul", "-k", "1"});
  EXPECT_EQ(object.at("metric"), "cosmul");
  EXPECT_EQ(object.at("neighbors")[0].at("label"), "queen");
  const double root = std::sqrt(17.0);
  EXPECT_NEAR(object.at("neighbors")[0].at("score").get<double>(),
              (1 + 4 / root) / 2 / ((1 - 1 / root) / 2 + 1e-6), 1e-5);
}

TEST_F(CalculateCommand, PrintsATable) {
  const ProcessResult result = run({"--keep-inputs", "-k", "2", "--", "-man"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(result.out,
            "label        cosine       row\n"
            "queen      0.242536         3\n"
            "woman      0.000000         2\n");
}

TEST_F(CalculateCommand, ErrorsTellThePlace) {
  const ProcessResult unknown = run({"ö - womna"});
  EXPECT_EQ(unknown.exitCode, 1);
  EXPECT_EQ(unknown.out, "");
  EXPECT_THAT(unknown.err, HasSubstr("embedscope-cli: character 5: there is no label \"womna\""));
  EXPECT_THAT(unknown.err, HasSubstr("did you mean \"woman\"?"));
  const ProcessResult open = run({"king - "});
  EXPECT_EQ(open.exitCode, 2);
  EXPECT_EQ(open.err, "embedscope-cli: character 8: expected a label or a weight, found the end\n");
  EXPECT_EQ(run({"king - king"}).exitCode, 1);
  EXPECT_EQ(run({"king - 0.5*man", "--cosmul"}).exitCode, 2);
}

TEST_F(CalculateCommand, ExitCodes) {
  EXPECT_EQ(run({}).exitCode, 2);
  EXPECT_EQ(run({"king", "-k", "0"}).exitCode, 2);
  EXPECT_EQ(run({"king", "--cosmul", "--raw"}).exitCode, 2);
  EXPECT_EQ(runCli({"calculate", (m_folder / "nowhere.txt").string(), "a"}).exitCode, 3);
  EXPECT_EQ(run({"--help"}).exitCode, 0);
}

TEST(CalculateWithFastText, AnyWordMayBeNamed) {
  const std::string model =
      (std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / "fasttext_skipgram.bin")
          .string();
  const ProcessResult result = runCli({"calculate", model, "kings + king", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("there is no label \"kings\""));
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("terms")[0].at("row"), nullptr);
  EXPECT_FALSE(json.at("neighbors").empty());
}

}  // namespace
}  // namespace embedscope
