// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/expression.h"

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::search {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::string errorOf(const std::string& pattern) {
  try {
    Expression(pattern, false);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    return error.what();
  }
  ADD_FAILURE() << pattern;
  return {};
}

TEST(Expression, MatchesSomePartInCapitalOrSmallLetters) {
  const Expression vowels("^[aeiou]+$", false);
  EXPECT_TRUE(vowels.matches("AEio"));
  EXPECT_FALSE(vowels.matches("king"));
  EXPECT_TRUE(Expression("ÄR.", false).matches("Wärme"));
  EXPECT_FALSE(Expression("K", true).matches("king"));
  EXPECT_FALSE(Expression("(?-i)K", false).matches("king"));
  EXPECT_TRUE(Expression("^$", false).matches(""));
}

TEST(Expression, LeavesBytesThatAreNotUtf8Unmatched) {
  EXPECT_TRUE(Expression("caf", false).matches("caf\xE9"));
  EXPECT_FALSE(Expression("^caf.$", false).matches("caf\xE9"));
}

TEST(Expression, TakesLinearTimeWhateverItIs) {
  const std::string many(100'000, 'a');
  EXPECT_FALSE(Expression("(a+)+$", false).matches(many + "b"));
  EXPECT_FALSE(Expression("(a|aa)*c", false).matches(many));
}

TEST(Expression, TellsWhatIsWrongAndWhere) {
  EXPECT_THAT(errorOf("ab["), HasSubstr("a ] is missing: [ (character 3)"));
  EXPECT_THAT(errorOf("ä(b"), HasSubstr("a ) is missing"));
  EXPECT_THAT(errorOf("b)"), HasSubstr("without its ("));
  EXPECT_THAT(errorOf("äö*+"), HasSubstr("two repetitions follow each other: *+ (character 3)"));
  EXPECT_THAT(errorOf("*a"), HasSubstr("nothing to repeat: * (character 1)"));
  EXPECT_THAT(errorOf("ab\\"), HasSubstr("(character 3)"));
  EXPECT_THAT(errorOf("a\\8"), HasSubstr("\\8 (character 2)"));
  EXPECT_THAT(errorOf("a(?=b)"), HasSubstr("looking around"));
  EXPECT_THAT(errorOf("x[b-a]"), HasSubstr("b-a (character 3)"));
  EXPECT_THAT(errorOf("a{2000}"), HasSubstr("too often"));
  EXPECT_THAT(errorOf("((a{1000}){1000}){1000}"), HasSubstr("too"));
}

}  // namespace
}  // namespace embedscope::search
