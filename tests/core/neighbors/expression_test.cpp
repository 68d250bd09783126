// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/expression.h"

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace embedscope::neighbors {
namespace {

using table::Vocabulary;
using testing::ElementsAre;

/// A term without its place.
std::string shown(const Term& term) {
  std::string weight = std::to_string(term.weight);
  weight.erase(weight.find_last_not_of('0') + 1);
  return weight + " " + term.label + (term.row ? "" : "?");
}

std::vector<std::string> termsOf(std::string_view text, const Vocabulary& labels) {
  std::vector<std::string> shownTerms;
  for (const Term& term : parseExpression(text, labels)) {
    shownTerms.push_back(shown(term));
  }
  return shownTerms;
}

std::string errorOf(std::string_view text, const Vocabulary& labels) {
  try {
    parseExpression(text, labels);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    return error.what();
  }
  return "no error";
}

const Vocabulary& royalty() {
  static const Vocabulary labels = {"king", "man", "woman"};
  return labels;
}

TEST(Expression, AddsSubtractsAndWeighs) {
  EXPECT_THAT(termsOf("king - man + 0.5*woman", royalty()),
              ElementsAre("1. king", "-1. man", "0.5 woman"));
  EXPECT_THAT(termsOf("  -man*2+ .25 * king * 2 -woman * -1e-1 ", royalty()),
              ElementsAre("-2. man", "0.5 king", "0.1 woman"));
  EXPECT_THAT(termsOf("+king", royalty()), ElementsAre("1. king"));
  EXPECT_THAT(termsOf("king--0.5*man", royalty()), ElementsAre("1. king", "0.5 man"));
  EXPECT_THAT(termsOf("king \u2212 man\u00A0+ 2\u00D7woman", royalty()),
              ElementsAre("1. king", "-1. man", "2. woman"));
}

TEST(Expression, TellsRowsAndPlaces) {
  const std::vector<Term> terms = parseExpression("män + 3 * woman-\"k\"", {"män", "woman"});
  EXPECT_THAT(terms,
              ElementsAre(Term{1, "män", 0, 1}, Term{3, "woman", 1, 11}, Term{-1, "k", {}, 17}));
}

TEST(Expression, TakesTheLongestLabelThatExists) {
  const Vocabulary labels = {"well", "known", "well-known", "-lrb-", "-",
                             "c++",  "a*b",   "a−b",        "don't"};
  EXPECT_THAT(termsOf("well-known-known", labels), ElementsAre("1. well-known", "-1. known"));
  EXPECT_THAT(termsOf("well - known", labels), ElementsAre("1. well", "-1. known"));
  EXPECT_THAT(termsOf("well-known", Vocabulary{"well", "known"}),
              ElementsAre("1. well", "-1. known"));
  EXPECT_THAT(termsOf("well-knowing", labels), ElementsAre("1. well", "-1. knowing?"));
  EXPECT_THAT(termsOf("-lrb- - -lrb-", labels), ElementsAre("1. -lrb-", "-1. -lrb-"));
  EXPECT_THAT(termsOf("c+++c++*2-a*b+a−b", labels),
              ElementsAre("1. c++", "2. c++", "-1. a*b", "1. a−b"));
  EXPECT_THAT(termsOf("- well - \"-\"", labels), ElementsAre("-1. well", "-1. -"));
  EXPECT_THAT(termsOf("don't-'don\\'t'", labels), ElementsAre("1. don't", "-1. don't"));
  EXPECT_THAT(termsOf("wells-known", labels), ElementsAre("1. wells?", "-1. known"));
}

TEST(Expression, NumbersMayBeLabels) {
  const Vocabulary labels = {"2", "3", "year", "3*d", "9e9999"};
  EXPECT_THAT(termsOf("2 + year", labels), ElementsAre("1. 2", "1. year"));
  EXPECT_THAT(termsOf("2*3", labels), ElementsAre("2. 3"));
  EXPECT_THAT(termsOf("2*4", labels), ElementsAre("4. 2"));
  EXPECT_THAT(termsOf("4*2", labels), ElementsAre("4. 2"));
  EXPECT_THAT(termsOf("4*3*d", labels), ElementsAre("4. 3*d"));
  EXPECT_THAT(termsOf("3*d", labels), ElementsAre("1. 3*d"));
  EXPECT_THAT(termsOf("3 * \"d\"", labels), ElementsAre("3. d?"));
  EXPECT_THAT(termsOf("9e9999-2", labels), ElementsAre("1. 9e9999", "-1. 2"));
  EXPECT_THAT(termsOf("5*years", labels), ElementsAre("5. years?"));
}

TEST(Expression, QuotesHoldWhateverThereIs) {
  const Vocabulary labels = {"New York", "a \"b\" \\", "\n", "caf\xE9", "東京 - 大阪", ""};
  EXPECT_THAT(termsOf("'New York' - \"東京 - 大阪\"*2", labels),
              ElementsAre("1. New York", "-2. 東京 - 大阪"));
  EXPECT_THAT(termsOf(R"("a \"b\" \\"+'a "b" \\')", labels),
              ElementsAre("1. a \"b\" \\", "1. a \"b\" \\"));
  EXPECT_THAT(termsOf(R"("\n" - "caf\xE9" - "\x0a")", labels),
              ElementsAre("1. \n", "-1. caf\xE9", "-1. \n"));
  EXPECT_THAT(termsOf("caf\xE9 + ''", labels), ElementsAre("1. caf\xE9", "1. "));
}

TEST(Expression, SaysWhereItExpectedWhat) {
  const std::string label = "expected a label or a weight, found ";
  EXPECT_EQ(errorOf("", royalty()), "character 1: " + label + "the end");
  EXPECT_EQ(errorOf(" \t", royalty()), "character 3: " + label + "the end");
  EXPECT_EQ(errorOf("king - ", royalty()), "character 8: " + label + "the end");
  EXPECT_EQ(errorOf("king - - man", royalty()), "character 8: " + label + "\"-\"");
  EXPECT_EQ(errorOf("*king", royalty()), "character 1: " + label + "\"*\"");
  EXPECT_EQ(errorOf("2*", royalty()), "character 3: " + label + "the end");
  const std::string sign =
      "expected + or - before the next label (a label with blanks in it is "
      "quoted), found ";
  EXPECT_EQ(errorOf("könig - man woman", {"könig", "man"}), "character 13: " + sign + "\"woman\"");
  EXPECT_EQ(errorOf("king*2*man", royalty()), "character 7: " + sign + "\"*\"");
  EXPECT_EQ(errorOf("king*2x", royalty()), "character 7: " + sign + "\"x\"");
  EXPECT_EQ(errorOf("\"king\"man", royalty()), "character 7: " + sign + "\"man\"");
  EXPECT_EQ(errorOf("king * man", royalty()),
            "character 8: expected a number as the weight of the label before it, found \"man\"");
  EXPECT_EQ(errorOf("king + 2 man", royalty()),
            "character 10: expected * and a label after the weight 2, found \"man\"");
  EXPECT_EQ(errorOf("king + 'man", royalty()),
            "character 8: expected a second ' to end the label that begins here; a ' that is part "
            "of a label is quoted by the other kind");
  EXPECT_EQ(errorOf(R"("a\q")", royalty()),
            "character 4: expected one of \\, \", ', n, r, t or xNN (a byte) after the backslash, "
            "found \"q\"\"");
  EXPECT_EQ(errorOf(R"("\x4)", royalty()),
            "character 3: expected one of \\, \", ', n, r, t or xNN (a byte) after the backslash, "
            "found \"x4\"");
  EXPECT_EQ(errorOf("9e999*king", royalty()),
            "character 11: expected weights whose product a number of 64 bits can hold, found the "
            "end");
}

TEST(Expression, WorksWithoutLabelsAndWithLongText) {
  EXPECT_THAT(termsOf("a-b", {}), ElementsAre("1. a?", "-1. b?"));
  std::string text = "a";
  for (int i = 0; i < 200'000; ++i) {
    text += "-a";
  }
  EXPECT_EQ(parseExpression(text, {"a", "a-a"}).size(), 100'001U);
}

}  // namespace
}  // namespace embedscope::neighbors
