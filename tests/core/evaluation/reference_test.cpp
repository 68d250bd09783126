// SPDX-License-Identifier: GPL-3.0-or-later
// The small table of make_evaluation.py, whose results are gensim's.
#include "core/evaluation/analogies.h"
#include "core/evaluation/word_pairs.h"
#include "core/formats/table_io.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace embedscope::evaluation {
namespace {

const std::filesystem::path kFolder = EMBEDSCOPE_REFERENCE_DIR "/evaluation";

class GensimEvaluation : public testing::Test {
 protected:
  GensimEvaluation() : m_table(formats::readTable(kFolder / "vectors.txt").value().table) {
    std::ifstream in(kFolder / "evaluation.json");
    m_cases = nlohmann::json::parse(in).at("cases");
  }

  static MatchOptions optionsOf(const nlohmann::json& expected) {
    return {expected.at("restrict_vocab"), !expected.at("case_insensitive").get<bool>()};
  }

  table::TablePtr m_table;
  nlohmann::json m_cases;
};

TEST_F(GensimEvaluation, Analogies) {
  const std::vector<AnalogyTopic> topics = readAnalogies(kFolder / "analogies.txt");
  for (const auto& expected : m_cases) {
    const AnalogyResult result = evaluateAnalogies(*m_table, topics, optionsOf(expected)).value();
    const auto& sections = expected.at("analogies").at("sections");
    ASSERT_EQ(result.sections.size() + 1, sections.size()) << "and the total";
    std::int64_t all = 0;
    for (const AnalogySection& section : result.sections) {
      SCOPED_TRACE(section.name);
      EXPECT_EQ(section.score.correct, sections.at(section.name)[0]);
      EXPECT_EQ(section.score.questions, sections.at(section.name)[1]);
      all += section.score.questions + section.score.skipped;
    }
    EXPECT_EQ(all, 116) << "lines of questions";
    EXPECT_EQ(result.total.correct, sections.at("Total accuracy")[0]);
    EXPECT_EQ(result.total.questions, sections.at("Total accuracy")[1]);
    EXPECT_DOUBLE_EQ(result.total.accuracy().value(), expected.at("analogies").at("accuracy"));
  }
}

TEST_F(GensimEvaluation, WordPairs) {
  const std::vector<WordPair> pairs = readWordPairs(kFolder / "pairs.tsv");
  for (const auto& expected : m_cases) {
    const WordPairResult result = evaluateWordPairs(*m_table, pairs, optionsOf(expected)).value();
    EXPECT_EQ(result.pairs + result.skipped, 62);
    EXPECT_NEAR(100.0 * static_cast<double>(result.skipped) / 62,
                expected.at("pairs").at("unknownPercent"), 1e-9);
    EXPECT_NEAR(result.pearson.value(), expected.at("pairs").at("pearson"), 1e-6);
    EXPECT_NEAR(result.spearman.value(), expected.at("pairs").at("spearman"), 1e-6);
  }
}

}  // namespace
}  // namespace embedscope::evaluation
