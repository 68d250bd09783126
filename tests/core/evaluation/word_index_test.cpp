// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/word_index.h"

#include "tests/support/tiny_tables.h"

#include <gtest/gtest.h>

#include <limits>
#include <stop_token>

namespace embedscope::evaluation {
namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();

TEST(WordIndex, LabelsThatDifferInCaseAreOneWord) {
  const table::TablePtr table =
      tests::makeTable({"Straße", "strasse", "Łódź", "x", "ŁÓDŹ", "x"},
                       {{3, 4}, {1, 0}, {kInf, 0}, {0, 0}, {2, 0}, {9, 9}});
  const WordIndex index = WordIndex::build(*table, {}, {}).value();
  EXPECT_EQ(index.rowEnd(), 6);
  EXPECT_EQ(index.rowOf(index.find("STRASSE").value()), 0);
  EXPECT_EQ(index.wordOf(1), index.find("straße"));
  EXPECT_EQ(index.rowOf(index.find("łódź").value()), 4) << "an infinite row takes no part";
  EXPECT_FALSE(index.wordOf(2));
  EXPECT_EQ(index.rowOf(index.find("X").value()), 3);
  EXPECT_FALSE(index.wordOf(5)) << "a repeated label takes no part";
  EXPECT_FALSE(index.find("y"));
  EXPECT_EQ(index.length(0), 5);
  EXPECT_EQ(index.length(3), 0);
}

TEST(WordIndex, CaseMayCount) {
  const table::TablePtr table = tests::makeTable({"King", "king"}, {{1}, {2}});
  const WordIndex index = WordIndex::build(*table, {.isCaseSensitive = true}, {}).value();
  EXPECT_EQ(index.rowOf(index.find("king").value()), 1);
  EXPECT_FALSE(index.find("KING"));
}

TEST(WordIndex, CountsDifferentLabelsAndStops) {
  const table::TablePtr table = tests::makeTable({"a", "a", "b", "c"}, {{1}, {2}, {3}, {4}});
  EXPECT_EQ(WordIndex::build(*table, {.firstLabels = 2}, {}).value().rowEnd(), 3);
  EXPECT_EQ(WordIndex::build(*table, {.firstLabels = 3}, {}).value().rowEnd(), 4);
  EXPECT_EQ(WordIndex::build(*table, {.firstLabels = 0}, {}).value().rowEnd(), 4);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(WordIndex::build(*table, {}, base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::evaluation
