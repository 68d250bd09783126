// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/analogies.h"
#include "core/evaluation/word_pairs.h"
#include "core/formats/table_io.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace embedscope::evaluation {
namespace {

class RealEvaluation : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("EMBEDSCOPE_REAL_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "EMBEDSCOPE_REAL_DATA names no folder";
    }
    m_folder = folder;
    std::ifstream in(m_folder / "eval/expected_gensim.json");
    m_expected = nlohmann::json::parse(in);
  }

  void expectPairs(const table::EmbeddingTable& table, const nlohmann::json& expected,
                   const std::string& file) const {
    SCOPED_TRACE(table.name() + ", " + file);
    const WordPairResult result =
        evaluateWordPairs(table, readWordPairs(m_folder / "eval" / file)).value();
    const auto skipped = static_cast<double>(result.skipped);
    EXPECT_NEAR(100 * skipped / (skipped + static_cast<double>(result.pairs)),
                expected.at(file).at("oov_percent"), 1e-9);
    EXPECT_NEAR(result.pearson.value(), expected.at(file).at("pearson"), 1e-5);
    EXPECT_NEAR(result.spearman.value(), expected.at(file).at("spearman"), 1e-5);
  }

  std::filesystem::path m_folder;
  nlohmann::json m_expected;
};

TEST_F(RealEvaluation, EnglishWords) {
  const table::TablePtr table =
      formats::readTable(m_folder / "word2vec/english_mix_sg100.bin").value().table;
  const auto& expected = m_expected.at("english_mix_sg100");
  expectPairs(*table, expected, "wordsim353.tsv");
  expectPairs(*table, expected, "simlex999.txt");

  const AnalogyResult result =
      evaluateAnalogies(*table, readAnalogies(m_folder / "eval/questions-words.txt"),
                        {.firstLabels = 30'000})
          .value();
  const auto& analogies =
      expected.at("questions-words (3CosAdd, restrict 30000, case-insensitive)");
  for (const AnalogySection& section : result.sections) {
    SCOPED_TRACE(section.name);
    EXPECT_EQ(section.score.correct, analogies.at("sections").at(section.name)[0]);
    EXPECT_EQ(section.score.questions, analogies.at("sections").at(section.name)[1]);
  }
  EXPECT_EQ(result.sections.size(), 14U);
  EXPECT_EQ(result.total.questions + result.total.skipped, 19'544);
  EXPECT_DOUBLE_EQ(result.total.accuracy().value(), analogies.at("accuracy"));
}

TEST_F(RealEvaluation, ProjectorPair) {
  const table::TablePtr table =
      formats::readTable(m_folder / "projector/covid/projector_config.json").value().table;
  expectPairs(*table, m_expected.at("covid"), "wordsim353.tsv");
  expectPairs(*table, m_expected.at("covid"), "simlex999.txt");
}

}  // namespace
}  // namespace embedscope::evaluation
