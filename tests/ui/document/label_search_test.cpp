// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/label_search.h"

#include "core/base/parallel.h"

#include <gmock/gmock.h>

#include <stop_token>
#include <string>

namespace embedscope::document {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LabelSearch, PutsEqualLabelsFirstThenThoseThatStartWithIt) {
  const table::Vocabulary labels{"looking", "seeking", "kingdom", "KING", "queen", "king"};
  const SearchResult result = searchLabels(labels, QStringLiteral("king"), 100);

  EXPECT_EQ(result.count, 5);
  EXPECT_THAT(result.rows, ElementsAre(3, 5, 2, 0, 1));
}

TEST(LabelSearch, FoldsLettersOfAllScripts) {
  const table::Vocabulary labels{"ÄRGER", "Straße", "москва", "argument"};

  EXPECT_THAT(searchLabels(labels, QStringLiteral("ärg"), 10).rows, ElementsAre(0));
  EXPECT_THAT(searchLabels(labels, QStringLiteral("МОСК"), 10).rows, ElementsAre(2));
  EXPECT_THAT(searchLabels(labels, QStringLiteral("ARG"), 10).rows, ElementsAre(3));
}

TEST(LabelSearch, SurvivesLabelsThatAreNotUtf8) {
  const table::Vocabulary labels{"caf\xE9", "caf", ""};

  EXPECT_THAT(searchLabels(labels, QStringLiteral("CAF"), 10).rows, ElementsAre(1, 0));
}

TEST(LabelSearch, CountsAllAndKeepsTheFirst) {
  table::Vocabulary labels;
  for (int i = 0; i < 50'000; ++i) {
    labels.append("row " + std::to_string(i));
  }
  const SearchResult result = searchLabels(labels, QStringLiteral("ROW 1"), 4);

  // 1, 10–19, 100–199, 1000–1999 and 10000–19999
  EXPECT_EQ(result.count, 11'111);
  EXPECT_THAT(result.rows, ElementsAre(1, 10, 11, 12));
}

TEST(LabelSearch, FindsTheSameForAnyNumberOfThreads) {
  table::Vocabulary labels;
  for (int i = 0; i < 100'000; ++i) {
    labels.append(std::to_string(i * 7919 % 100'000));
  }
  const int before = base::threadCount();
  std::vector<SearchResult> results;
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    results.push_back(searchLabels(labels, QStringLiteral("42"), 100));
  }
  base::setThreadCount(before);

  EXPECT_EQ(results[0].rows, results[1].rows);
  EXPECT_EQ(results[0].rows, results[2].rows);
  EXPECT_EQ(results[0].count, results[2].count);
}

TEST(LabelSearch, GivesNothingWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  const SearchResult result = searchLabels(table::Vocabulary{"a"}, QStringLiteral("a"), 10,
                                           base::TaskContext(stop.get_token(), {}));

  EXPECT_EQ(result.count, 0);
  EXPECT_THAT(result.rows, IsEmpty());
}

TEST(LabelSearch, FindsNothingInAnEmptyVocabulary) {
  EXPECT_EQ(searchLabels(table::Vocabulary(), QStringLiteral("a"), 10).count, 0);
}

}  // namespace
}  // namespace embedscope::document
