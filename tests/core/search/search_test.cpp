// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/search.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>
#include <string>

namespace embedscope::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SearchedTextsPtr textsOf(const std::vector<std::string>& labels) {
  const auto rows = static_cast<Eigen::Index>(labels.size());
  return SearchedTexts::of(std::make_shared<const table::EmbeddingTable>(
      "t", table::Vocabulary(labels), base::RowMatrix::Zero(rows, 1)));
}

SearchedTextsPtr numbers(int count) {
  std::vector<std::string> labels;
  for (int i = 0; i < count; ++i) {
    labels.push_back("row " + std::to_string(i));
  }
  return textsOf(labels);
}

TEST(Search, PutsEqualTextsFirstThenThoseThatBeginWithIt) {
  const auto texts = textsOf({"looking", "seeking", "kingdom", "KING", "queen", "king"});
  const Hits hits = search(*texts, {"king"}, 100);
  EXPECT_EQ(hits.count(), 5);
  EXPECT_THAT(hits.rows, ElementsAre(0, 1, 2, 3, 5));
  EXPECT_THAT(hits.first, ElementsAre(3, 5, 2, 0, 1));
}

TEST(Search, KnowsBeginningsAndWholeTexts) {
  const auto texts = textsOf({"looking", "kingdom", "KING", "", "queen", "king"});
  EXPECT_THAT(search(*texts, {"King", Mode::Beginning}, 10).rows, ElementsAre(1, 2, 5));
  EXPECT_THAT(search(*texts, {"King", Mode::Beginning}, 2).first, ElementsAre(2, 5));
  EXPECT_THAT(search(*texts, {"King", Mode::Whole}, 10).rows, ElementsAre(2, 5));
  EXPECT_THAT(search(*texts, {"kin", Mode::Whole}, 10).rows, IsEmpty());
}

TEST(Search, KnowsRegularExpressions) {
  const auto texts = textsOf({"looking", "kingdom", "KING", "", "queen", "king"});
  const Hits hits = search(*texts, {"k.ng$", Mode::Expression}, 2);
  EXPECT_THAT(hits.rows, ElementsAre(0, 2, 5));
  EXPECT_THAT(hits.first, ElementsAre(0, 2));
  EXPECT_THAT(search(*texts, {"^$", Mode::Expression}, 2).rows, ElementsAre(3));
  EXPECT_THAT(search(*texts, {"(?-i)[A-Z]", Mode::Expression}, 2).rows, ElementsAre(2));
  EXPECT_THROW(search(*texts, {"(", Mode::Expression}, 2), base::Error);
}

TEST(Search, FoldsLettersOfAllScripts) {
  const auto texts = textsOf({"ÄRGER", "Straße", "москва", "argument", "ΟΔΟΣ", "ſo"});
  EXPECT_THAT(search(*texts, {"ärg"}, 10).rows, ElementsAre(0));
  EXPECT_THAT(search(*texts, {"МОСК"}, 10).rows, ElementsAre(2));
  EXPECT_THAT(search(*texts, {"ARG"}, 10).rows, ElementsAre(3));
  EXPECT_THAT(search(*texts, {"οδος"}, 10).rows, ElementsAre(4));
  EXPECT_THAT(search(*texts, {"So"}, 10).rows, ElementsAre(5));
}

TEST(Search, FindsEachRowOnceAndNothingAcrossTexts) {
  const auto texts = textsOf({"aaaa", "ba", "ab", "b", ""});
  EXPECT_THAT(search(*texts, {"aa"}, 10).rows, ElementsAre(0));
  EXPECT_THAT(search(*texts, {"a"}, 10).rows, ElementsAre(0, 1, 2));
  EXPECT_THAT(search(*texts, {"aba"}, 10).rows, IsEmpty());
  EXPECT_THAT(search(*texts, {""}, 10).rows, IsEmpty());
}

TEST(Search, SurvivesTextsThatAreNotUtf8) {
  const auto texts = textsOf({"caf\xE9", "caf", "\xFF\xFF",
                              "a\xFF"
                              "b",
                              "ab"});
  EXPECT_THAT(search(*texts, {"CAF"}, 10).first, ElementsAre(1, 0));
  EXPECT_THAT(search(*texts, {"ab"}, 10).rows, ElementsAre(4));
  EXPECT_THAT(search(*texts, {"b"}, 10).rows, ElementsAre(3, 4));
  EXPECT_THAT(search(*texts, {"b", Mode::Beginning}, 10).rows, IsEmpty());
}

TEST(Search, LooksInMetadataToo) {
  table::Metadata metadata;
  metadata.addColumn({"kind", {"Fruit", "", "fruit tree"}});
  const auto table = tests::makeTable({"a", "fruit", "c"}, {{1}, {2}, {3}}, std::move(metadata));
  EXPECT_THAT(search(*SearchedTexts::of(table, "kind"), {"fruit"}, 10).rows, ElementsAre(0, 2));
  EXPECT_THAT(search(*SearchedTexts::of(table), {"fruit"}, 10).rows, ElementsAre(1));
  EXPECT_THAT(search(*SearchedTexts::of(table, "kind"), {"^$", Mode::Expression}, 10).rows,
              ElementsAre(1));
  EXPECT_THROW(SearchedTexts::of(table, "none"), base::Error);
}

TEST(Search, CountsAllAndKeepsTheFirst) {
  const Hits hits = search(*numbers(50'000), {"ROW 1"}, 4);
  EXPECT_EQ(hits.count(), 11'111);  // 1, 10–19, 100–199, 1000–1999 and 10000–19999
  EXPECT_TRUE(std::ranges::is_sorted(hits.rows));
  EXPECT_THAT(hits.first, ElementsAre(1, 10, 11, 12));
}

TEST(Search, FindsTheSameForAnyNumberOfThreads) {
  const auto texts = numbers(100'000);
  for (const Query& query :
       {Query{"42"}, Query{"row 42", Mode::Beginning}, Query{"42", Mode::Expression}}) {
    std::vector<Hits> results;
    for (const int threads : {1, 2, 7}) {
      base::setThreadCount(threads);
      results.push_back(search(*texts, query, 100));
    }
    base::setThreadCount(0);
    EXPECT_GT(results[0].count(), 1'000);
    for (const Hits& hits : results) {
      EXPECT_EQ(hits.rows, results[0].rows);
      EXPECT_EQ(hits.first, results[0].first);
    }
  }
}

TEST(Search, GivesNothingWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext stopped(stop.get_token(), {});
  const auto texts = textsOf({"a"});
  EXPECT_THAT(search(*texts, {"a"}, 10, stopped).rows, IsEmpty());
  EXPECT_EQ(SearchedTexts::of(texts->table(), {}, stopped), nullptr);
}

TEST(Search, FindsNothingInAnEmptyTable) {
  EXPECT_EQ(search(*textsOf({}), {"a"}, 10).count(), 0);
}

}  // namespace
}  // namespace embedscope::search
