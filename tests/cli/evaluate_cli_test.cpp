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

class EvaluateCommand : public testing::Test {
 protected:
  ProcessResult run(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"evaluate", m_table.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return runCli(arguments);
  }

  tests::TemporaryFolder m_folder;
  std::filesystem::path m_table =
      m_folder.file("t.txt", "5 2\nman 1 0\nwoman 0 1\nking 4 1\nqueen 1 4\njack 3 3\n");
  std::string m_analogies =
      m_folder
          .file("questions.txt",
                ": royal\nMan Woman King Queen\nMan Woman King Jack\n: other\nOslo man king jack\n")
          .string();
  std::string m_pairs =
      m_folder
          .file("pairs.tsv", "# pairs\nman\twoman\t1\nman\tking\t5\nking\tking\t6\nman\tchild\t2\n")
          .string();
};

TEST_F(EvaluateCommand, PrintsOneJsonObject) {
  const ProcessResult result = run({"--analogies", m_analogies, "--similarity", m_pairs, "--json"});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("analogies"), nlohmann::json::parse(R"({
    "sections": [
      {"name": "royal", "accuracy": 0.5, "correct": 1, "questions": 2, "skipped": 0},
      {"name": "other", "accuracy": null, "correct": 0, "questions": 0, "skipped": 1}],
    "accuracy": 0.5, "correct": 1, "questions": 2, "skipped": 1})"));
  const auto& similarity = json.at("similarity");
  EXPECT_EQ(similarity.size(), 4U);
  EXPECT_EQ(similarity.at("pairs"), 3);
  EXPECT_EQ(similarity.at("skipped"), 1);
  EXPECT_NEAR(similarity.at("spearman").get<double>(), 1, 1e-12);
  EXPECT_NEAR(similarity.at("pearson").get<double>(), 0.9866, 1e-4) << "of 1, 5, 6 and 0, 4/√17, 1";
}

TEST_F(EvaluateCommand, WhatIsNotAskedForIsNull) {
  const auto json = nlohmann::json::parse(run({"--similarity", m_pairs, "--json"}).out);
  EXPECT_EQ(json.at("analogies"), nullptr);
  EXPECT_EQ(json.at("similarity").at("pairs"), 3);
}

TEST_F(EvaluateCommand, PrintsTables) {
  const ProcessResult result = run({"--analogies", m_analogies, "--similarity", m_pairs});
  ASSERT_EQ(result.exitCode, 0) << result.err;
  EXPECT_EQ(result.out,
            "analogies  accuracy  correct  questions  skipped\n"
            "royal       50.00 %        1          2        0\n"
            "other             -        0          0        1\n"
            "(all)       50.00 %        1          2        1\n"
            "\n"
            "similarity  Spearman  Pearson  pairs  skipped\n"
            "(all)         1.0000   0.9866      3        1\n");
}

TEST_F(EvaluateCommand, OptionsChooseTheLabels) {
  const auto questions = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"--analogies", m_analogies, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return nlohmann::json::parse(run(arguments).out).at("analogies").at("questions");
  };
  EXPECT_EQ(questions({}), 2);
  EXPECT_EQ(questions({"--case-sensitive"}), 0);
  EXPECT_EQ(questions({"--restrict-vocab", "4"}), 1);
  EXPECT_EQ(questions({"--restrict-vocab", "0"}), 2);
}

TEST_F(EvaluateCommand, ErrorsNameFileAndLine) {
  const std::string bad = m_folder.file("bad.txt", ": a\na b c\n").string();
  const ProcessResult analogies = run({"--analogies", bad});
  EXPECT_EQ(analogies.exitCode, 1);
  EXPECT_EQ(analogies.out, "");
  EXPECT_THAT(analogies.err, HasSubstr("bad.txt:2: expected four words"));
  const ProcessResult pairs = run({"--similarity", bad});
  EXPECT_EQ(pairs.exitCode, 1);
  EXPECT_THAT(pairs.err, HasSubstr("bad.txt:1: expected two words and a number"));
}

TEST_F(EvaluateCommand, ExitCodes) {
  EXPECT_EQ(run({}).exitCode, 2);
  EXPECT_EQ(run({"--analogies", m_analogies, "--restrict-vocab", "-1"}).exitCode, 2);
  EXPECT_EQ(run({"--analogies", (m_folder / "nowhere").string()}).exitCode, 3);
  EXPECT_EQ(run({"--help"}).exitCode, 0);
}

}  // namespace
}  // namespace embedscope
