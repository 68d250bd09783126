// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/analogies.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/neighbors/calculator.h"
#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::evaluation {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

AnalogyScore scoreOf(const table::EmbeddingTable& table,
                     const std::vector<AnalogyQuestion>& questions,
                     const MatchOptions& options = {}) {
  const std::vector<AnalogyTopic> topics = {{"all", questions}};
  return evaluateAnalogies(table, topics, options).value().total;
}

TEST(Analogies, ByHand) {
  const table::TablePtr table = tests::makeTable({"man", "woman", "king", "queen", "jack"},
                                                 {{1, 0}, {0, 1}, {4, 1}, {1, 4}, {3, 3}});
  EXPECT_EQ(scoreOf(*table, {{"man", "woman", "king", "queen"}}), (AnalogyScore{1, 1, 0}));
  EXPECT_EQ(scoreOf(*table, {{"man", "woman", "king", "jack"}}), (AnalogyScore{0, 1, 0}));
  EXPECT_EQ(scoreOf(*table, {{"man", "woman", "king", "princess"}}), (AnalogyScore{0, 0, 1}));
  EXPECT_EQ(scoreOf(*table, {{"Man", "WOMAN", "kinG", "QUEEN"}}), (AnalogyScore{1, 1, 0}));
  EXPECT_EQ(scoreOf(*table, {{"Man", "WOMAN", "kinG", "QUEEN"}}, {.isCaseSensitive = true}),
            (AnalogyScore{0, 0, 1}));
}

TEST(Analogies, OtherRowsOfAGivenWordAreNoAnswer) {
  // Nearest to b - a + c are the rows of the word itself, in other cases.
  const table::TablePtr table =
      tests::makeTable({"a", "b", "c", "C", "d"}, {{1, 0}, {1, 0}, {0, 1}, {0, 1}, {1, 8}});
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "d"}}), (AnalogyScore{1, 1, 0}));
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "d"}}, {.isCaseSensitive = true}),
            (AnalogyScore{0, 1, 0}))
      << "C is another word then";
}

TEST(Analogies, RowsWithoutDirectionAndRepeatedLabelsAreNoAnswer) {
  const table::TablePtr table =
      tests::makeTable({"a", "b", "c", "nan", "zero", "c", "huge", "d"},
                       {{1, 0}, {1, 0}, {0, 1}, {kNaN, 1}, {0, 0}, {0, 1}, {0, 1e31F}, {-1, -1}});
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "d"}}), (AnalogyScore{1, 1, 0}));
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "nan"}}), (AnalogyScore{0, 0, 1}));
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "zero"}}), (AnalogyScore{0, 1, 0}));
}

TEST(Analogies, TheFirstLabelsAloneTakePart) {
  const table::TablePtr table = tests::makeTable({"a", "a", "b", "c", "d", "e"},
                                                 {{1, 0}, {5, 5}, {1, 0}, {0, 1}, {1, 8}, {0, 1}});
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "d"}}, {.firstLabels = 4}), (AnalogyScore{1, 1, 0}));
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "d"}}, {.firstLabels = 3}), (AnalogyScore{0, 0, 1}));
  EXPECT_EQ(scoreOf(*table, {{"a", "b", "c", "d"}}, {.firstLabels = 0}), (AnalogyScore{0, 1, 0}));
  EXPECT_THROW(scoreOf(*table, {}, {.firstLabels = -1}), base::Error);
}

/// Questions about random words; the expected word of every second one is what the calculator
/// finds, so that both answers occur.
std::vector<AnalogyQuestion> randomQuestions(const table::TablePtr& table, int count) {
  const neighbors::ExactIndex index(table, neighbors::Metric::Cosine);
  base::RandomStream random(3, 1);
  const auto row = [&] {
    return static_cast<std::int64_t>(random.uniform(0, static_cast<double>(table->rowCount())));
  };
  std::vector<AnalogyQuestion> questions;
  for (int i = 0; i < count; ++i) {
    const std::vector<neighbors::Term> terms = {
        {-1, "", row(), 1}, {1, "", row(), 1}, {1, "", row(), 1}};
    const std::int64_t expected =
        i % 2 == 0 ? neighbors::nearestToSum(index, terms, 1).at(0).row : row();
    const auto label = [&](std::int64_t of) { return std::string(table->vocabulary().label(of)); };
    questions.push_back(
        {label(*terms[0].row), label(*terms[1].row), label(*terms[2].row), label(expected)});
  }
  return questions;
}

TEST(Analogies, ManyBlocksAgreeWithTheCalculatorForAnyThreadCount) {
  const table::TablePtr table = tests::randomTable(1500, 9);
  const std::vector<AnalogyQuestion> questions = randomQuestions(table, 300);
  base::setThreadCount(1);
  const AnalogyScore one = scoreOf(*table, questions);
  EXPECT_EQ(one.questions, 300);
  EXPECT_GE(one.correct, 150);
  EXPECT_LE(one.correct, 153) << "chance finds the others";
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(scoreOf(*table, questions), one);
  }
  base::setThreadCount(0);
}

TEST(Analogies, NothingAskedHasNoAccuracy) {
  const table::TablePtr table = tests::makeTable({"a"}, {{1}});
  EXPECT_FALSE(scoreOf(*table, {{"b", "b", "b", "b"}}).accuracy());
  EXPECT_FALSE(scoreOf(*table, {}).accuracy());
  EXPECT_EQ(scoreOf(*table, {{"a", "a", "a", "a"}}).accuracy(), 0) << "no row is left";
}

TEST(Analogies, StopsBeforeAndMeanwhile) {
  const table::TablePtr table = tests::randomTable(1500, 9);
  const std::vector<AnalogyTopic> topics = {{"all", randomQuestions(table, 300)}};
  std::stop_source stop;
  std::atomic<int> reports{0};
  const base::TaskContext context(stop.get_token(), [&](double) {
    if (++reports == 1) {
      stop.request_stop();
    }
  });
  EXPECT_FALSE(evaluateAnalogies(*table, topics, {}, context));
  EXPECT_GE(reports, 1);
  EXPECT_FALSE(evaluateAnalogies(*table, topics, {}, context));
}

}  // namespace
}  // namespace embedscope::evaluation
