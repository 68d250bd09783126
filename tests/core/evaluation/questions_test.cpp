// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/questions.h"

#include "core/base/error.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <string_view>

namespace embedscope::evaluation {
namespace {

using testing::HasSubstr;

class QuestionsTest : public testing::Test {
 protected:
  Questions read(std::string_view text) const { return readQuestions(m_folder.file("q", text)); }

  std::string errorOf(std::string_view text) const {
    try {
      read(text);
    } catch (const base::Error& error) {
      return error.what();
    }
    return "no error";
  }

  tests::TemporaryFolder m_folder;
};

TEST_F(QuestionsTest, AreToldApartByTheirFirstLine) {
  EXPECT_EQ(read(": s\na b c d\n").index(), 0U);
  EXPECT_EQ(read("\n: s\twith a tab\na\tb\tc\td\n").index(), 0U);
  EXPECT_EQ(read("# a comment\n\nking\tqueen\t8.5\n").index(), 1U);
}

TEST_F(QuestionsTest, OfNeitherKindAreRefused) {
  EXPECT_THAT(errorOf("a b c d\n"), HasSubstr("the name of a section before"));
  EXPECT_THAT(errorOf("king queen 8.5\n"), HasSubstr("found 3 words"));
  EXPECT_THAT(errorOf("king\tqueen\n"), HasSubstr("found one tab"));
  EXPECT_THAT(errorOf(""), HasSubstr("found no question"));
}

TEST_F(QuestionsTest, TheTableAnswersEitherKind) {
  const auto table = tests::makeTable({"man", "king", "woman", "queen", "far"},
                                      {{1, 0, 0}, {1, 1, 0}, {0, 0, 1}, {0, 1, 1}, {-1, 0, -1}});
  const Answers analogies = evaluate(*table, read(": royal\nman king woman queen\n")).value();
  EXPECT_EQ(std::get<AnalogyResult>(analogies).total.correct, 1);
  const Answers pairs =
      evaluate(*table, read("man\tking\t9\nman\twoman\t5\nking\tfar\t1\n")).value();
  EXPECT_EQ(std::get<WordPairResult>(pairs).pairs, 3);
  EXPECT_DOUBLE_EQ(std::get<WordPairResult>(pairs).spearman.value(), 1);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(evaluate(*table, read(": r\nman king woman queen\n"), {},
                        base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::evaluation
