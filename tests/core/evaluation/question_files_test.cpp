// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/evaluation/analogy_file.h"
#include "core/evaluation/word_pair_file.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace embedscope::evaluation {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

class QuestionFiles : public testing::Test {
 protected:
  std::vector<AnalogyTopic> analogies(std::string_view text) const {
    return readAnalogies(m_folder.file("questions", text));
  }

  std::vector<WordPair> pairs(std::string_view text) const {
    return readWordPairs(m_folder.file("pairs", text));
  }

  template <typename Read>
  static std::string errorOf(const Read& read) {
    try {
      read();
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), base::ErrorCode::BadData);
      return error.what();
    }
    return "no error";
  }

  std::string analogyError(std::string_view text) const {
    return errorOf([&] { analogies(text); });
  }

  std::string pairError(std::string_view text) const {
    return errorOf([&] { pairs(text); });
  }

  tests::TemporaryFolder m_folder;
};

TEST_F(QuestionFiles, AnalogiesInSections) {
  const auto topics = analogies(
      "\xEF\xBB\xBF: capitals of Europe \r\nAthens Greece Oslo Norway\r\n\r\n"
      ":  none\n: plurals\n  bird\tbirds  cat\u00A0cats\nk\xF6nig b c d");
  ASSERT_EQ(topics.size(), 3U);
  EXPECT_EQ(topics[0].name, "capitals of Europe");
  EXPECT_THAT(topics[0].questions,
              ElementsAre(AnalogyQuestion{"Athens", "Greece", "Oslo", "Norway"}));
  EXPECT_EQ(topics[1].name, "none");
  EXPECT_TRUE(topics[1].questions.empty());
  EXPECT_THAT(topics[2].questions, ElementsAre(AnalogyQuestion{"bird", "birds", "cat", "cats"},
                                               AnalogyQuestion{"k\xF6nig", "b", "c", "d"}));
}

TEST_F(QuestionFiles, AnalogiesThatCannotBeRead) {
  EXPECT_THAT(analogyError(": a\n\na b c\n"), HasSubstr("questions:3: expected four words"));
  EXPECT_THAT(analogyError(": a\na b c\n"), EndsWith("found 3 words"));
  EXPECT_THAT(analogyError(": a\na b c d e\n"), EndsWith("found 5 words"));
  EXPECT_THAT(analogyError(":a\n"), EndsWith("found 1 word"));
  EXPECT_THAT(analogyError("a b c d\n"),
              HasSubstr("questions:1: expected \": \" and the name of a section before"));
  EXPECT_THAT(analogyError(""), HasSubstr("found no question"));
  EXPECT_THAT(analogyError(": a\n: b\n"), HasSubstr("found no question"));
  EXPECT_THROW(readAnalogies(m_folder / "nowhere"), base::Error);
}

TEST_F(QuestionFiles, PairsWithComments) {
  EXPECT_THAT(pairs("# words\n\ntiger\tcat\t7.35\r\nNew York\tcity\t 1e1 \n \nä\tö\t-0.5"),
              ElementsAre(WordPair{"tiger", "cat", 7.35}, WordPair{"New York", "city", 10},
                          WordPair{"ä", "ö", -0.5}));
}

TEST_F(QuestionFiles, PairsThatCannotBeRead) {
  EXPECT_THAT(pairError("#\na\tb\t1\na b 1\n"),
              HasSubstr("pairs:3: expected two words and a number with tabs between them, found no "
                        "tab; lines that are to be left out begin with #"));
  EXPECT_THAT(pairError("a\tb\n"), HasSubstr("pairs:1: expected"));
  EXPECT_THAT(pairError("a\tb\n"), HasSubstr("found one tab"));
  EXPECT_THAT(pairError("a\t"), HasSubstr("found one tab"));
  EXPECT_THAT(pairError("a\tb\t1\t2\n"), HasSubstr("more than two tabs"));
  EXPECT_THAT(pairError("word 1\tword 2\tmean\n"), HasSubstr("\"mean\" in place of the number"));
  EXPECT_THAT(pairError("a\tb\tnan\n"), HasSubstr("\"nan\" in place of the number"));
  EXPECT_THAT(pairError("a\tb\t1,5\n"), HasSubstr("\"1,5\" in place of the number"));
  EXPECT_THAT(pairError("# nothing\n"), HasSubstr("found none"));
  EXPECT_THROW(readWordPairs(m_folder / "nowhere"), base::Error);
}

}  // namespace
}  // namespace embedscope::evaluation
