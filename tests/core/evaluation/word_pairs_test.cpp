// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/word_pairs.h"

#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stop_token>
#include <vector>

namespace embedscope::evaluation {
namespace {

class WordPairs : public testing::Test {
 protected:
  table::TablePtr m_table =
      tests::makeTable({"east", "north", "far east", "zero"}, {{1, 0}, {0, 1}, {300, 400}, {0, 0}});
};

TEST_F(WordPairs, CosinesAgainstGivenNumbers) {
  // Cosines 0.6, 0, 0 and 1.
  const std::vector<WordPair> pairs = {{"East", "far east", 3},
                                       {"east", "NORTH", 1},
                                       {"zero", "north", 2},
                                       {"north", "north", 9},
                                       {"south", "north", 5}};
  const WordPairResult result = evaluateWordPairs(*m_table, pairs).value();
  EXPECT_EQ(result.pairs, 4);
  EXPECT_EQ(result.skipped, 1);
  // Deviations -0.75, -2.75, -1.75, 5.25 and 0.2, -0.4, -0.4, 0.6.
  EXPECT_NEAR(result.pearson.value(), 4.8 / std::sqrt(38.75 * 0.72), 1e-7);
  // Ranks 3, 1, 2, 4 and 3, 1.5, 1.5, 4.
  EXPECT_NEAR(result.spearman.value(), 4.5 / std::sqrt(5 * 4.5), 1e-12);
}

TEST_F(WordPairs, WithoutPairsThereIsNoCorrelation) {
  const std::vector<WordPair> pairs = {{"east", "west", 1}};
  const WordPairResult result = evaluateWordPairs(*m_table, pairs).value();
  EXPECT_EQ(result.pairs, 0);
  EXPECT_EQ(result.skipped, 1);
  EXPECT_FALSE(result.pearson);
  EXPECT_FALSE(result.spearman);
}

TEST_F(WordPairs, Stops) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(evaluateWordPairs(*m_table, {}, {}, base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::evaluation
