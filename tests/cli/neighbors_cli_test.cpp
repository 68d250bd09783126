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

class NeighborsCommand : public testing::Test {
 protected:
  NeighborsCommand()
      : m_table(m_folder.file("t.txt", "4 2\nking 1 0\nqueen 3 4\nking's -2 0\nö 0 1\n")) {}

  ProcessResult run(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"neighbors", m_table.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  tests::TemporaryFolder m_folder;
  std::filesystem::path m_table;
};

TEST_F(NeighborsCommand, PrintsOneJsonObject) {
  const ProcessResult result = run({"king", "--json", "-k", "2"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.size(), 3U);
  EXPECT_EQ(json.at("metric"), "cosine");
  EXPECT_EQ(json.at("composed"), false);
  const auto& neighbors = json.at("neighbors");
  ASSERT_EQ(neighbors.size(), 2U);
  EXPECT_EQ(neighbors[0].at("label"), "queen");
  EXPECT_EQ(neighbors[0].at("row"), 1);
  EXPECT_NEAR(neighbors[0].at("score").get<double>(), 0.6, 1e-6);
  EXPECT_EQ(neighbors[1].at("label"), "ö");
  EXPECT_EQ(neighbors[1].at("score"), 0);
}

TEST_F(NeighborsCommand, EveryMetric) {
  const auto first = [&](const char* metric) {
    const auto json = nlohmann::json::parse(run({"king", "--json", "--metric", metric}).out);
    EXPECT_EQ(json.at("metric"), metric);
    EXPECT_EQ(json.at("neighbors").size(), 3U);
    return json.at("neighbors")[0];
  };
  EXPECT_EQ(first("dot").at("score"), 3);
  EXPECT_EQ(first("euclidean").at("label"), "ö");
  EXPECT_NEAR(first("euclidean").at("score").get<double>(), std::sqrt(2.0), 1e-6);
  EXPECT_EQ(first("manhattan").at("score"), 2);
}

TEST_F(NeighborsCommand, LinesUpColumnsAlsoForLettersOfSeveralBytes) {
  const ProcessResult result = run({"king"});
  ASSERT_EQ(result.exitCode, 0);
  EXPECT_EQ(result.out,
            "label         cosine       row\n"
            "queen       0.600000         1\n"
            "ö           0.000000         3\n"
            "king's     -1.000000         2\n");
}

TEST_F(NeighborsCommand, SuggestsLabelsForOneItDoesNotKnow) {
  const ProcessResult result = run({"Qeuen"});
  EXPECT_EQ(result.exitCode, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("embedscope-cli: "));
  EXPECT_THAT(result.err, HasSubstr("did you mean \"queen\"?"));
  EXPECT_EQ(run({"xyzxyz"}).err.find("did you mean"), std::string::npos);
}

TEST(NeighborsOfFastText, AnyWordMayBeAskedFor) {
  const std::string model =
      (std::filesystem::path(EMBEDSCOPE_REFERENCE_DIR) / "formats" / "fasttext_skipgram.bin")
          .string();
  const ProcessResult result = runCli({"neighbors", model, "kings", "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("there is no label \"kings\""));
  EXPECT_THAT(result.err, HasSubstr("composed of its subwords"));
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("composed"), true);
  EXPECT_FALSE(json.at("neighbors").empty());
  const auto known = nlohmann::json::parse(runCli({"neighbors", model, "king", "--json"}).out);
  EXPECT_EQ(known.at("composed"), false);
}

TEST_F(NeighborsCommand, SeveralLabelsAtOnce) {
  const std::string file = m_folder.file("labels.txt", "ö\nqueen\n").string();
  const ProcessResult result = run({"king", "--labels-from", file, "--json", "-k", "2"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.size(), 2U);
  ASSERT_EQ(json.at("queries").size(), 3U);
  EXPECT_EQ(json.at("queries")[1].at("label"), "ö");
  for (const auto& query : json.at("queries")) {
    const auto alone =
        nlohmann::json::parse(run({query.at("label").get<std::string>(), "--json", "-k", "2"}).out);
    EXPECT_EQ(query.at("neighbors"), alone.at("neighbors"));
    EXPECT_EQ(query.at("composed"), false);
  }
  EXPECT_THAT(run({"king", "queen", "-k", "1"}).out,
              testing::AllOf(HasSubstr("neighbors of king\n"), HasSubstr("neighbors of queen\n")));
  EXPECT_EQ(run({"king", "nobody"}).exitCode, 1);
  EXPECT_EQ(run({"--labels-from", (m_folder / "nowhere.txt").string()}).exitCode, 3);
}

TEST_F(NeighborsCommand, ApproximateTellsItsRecall) {
  const ProcessResult result = run({"king", "--approximate", "--json", "-k", "2"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("100.0 % of the true neighbors of 4 rows"));
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("approximate"), true);
  EXPECT_EQ(json.at("recall"), 1);
  EXPECT_EQ(json.at("neighbors"),
            nlohmann::json::parse(run({"king", "--json", "-k", "2"}).out).at("neighbors"));
  EXPECT_EQ(run({"king", "--approximate", "--metric", "manhattan"}).exitCode, 2);
}

TEST_F(NeighborsCommand, ExitCodes) {
  EXPECT_EQ(run({}).exitCode, 2);
  EXPECT_EQ(run({"king", "-k", "0"}).exitCode, 2);
  EXPECT_EQ(run({"king", "--metric", "hamming"}).exitCode, 2);
  EXPECT_EQ(runCli({"neighbors", (m_folder / "nowhere.txt").string(), "a"}).exitCode, 3);
  EXPECT_EQ(runCli({"neighbors", m_folder.file("empty", "").string(), "a"}).exitCode, 1);
  EXPECT_EQ(run({"--help"}).exitCode, 0);
}

}  // namespace
}  // namespace embedscope
