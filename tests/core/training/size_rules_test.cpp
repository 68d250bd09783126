// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/size_rules.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace embedscope::training {
namespace {

struct Expected {
  std::int64_t n;
  std::int64_t fastai;
  std::int64_t olderFastai;
  std::int64_t forecasting;
  std::int64_t autoGluon;
  double fourthRoot;
  std::int64_t guoBerkhahn;
};

// By Python 3.11 from the formulas as the libraries write them:
//   p = 1.6 * n**0.56
//   min(600, round(p)), min(50, (n + 1) // 2), min(round(p), 100) if n > 2 else 1,
//   int(1.0 * max(2, min(100, p))), n**0.25, n - 1
constexpr std::array<Expected, 14> kExpected{{{2, 2, 1, 1, 2, 1.19, 1},
                                              {3, 3, 2, 3, 2, 1.32, 2},
                                              {4, 3, 2, 3, 3, 1.41, 3},
                                              {7, 5, 4, 5, 4, 1.63, 6},
                                              {10, 6, 5, 6, 5, 1.78, 9},
                                              {12, 6, 6, 6, 6, 1.86, 11},
                                              {31, 11, 16, 11, 10, 2.36, 30},
                                              {50, 14, 25, 14, 14, 2.66, 49},
                                              {100, 21, 50, 21, 21, 3.16, 99},
                                              {200, 31, 50, 31, 31, 3.76, 199},
                                              {1000, 77, 50, 77, 76, 5.62, 999},
                                              {1115, 81, 50, 81, 81, 5.78, 1114},
                                              {10000, 278, 50, 100, 100, 10, 9999},
                                              {100000, 600, 50, 100, 100, 17.78, 99999}}};

TEST(SizeRules, AgreeWithThePublishedFormulas) {
  for (const Expected& expected : kExpected) {
    SCOPED_TRACE(testing::Message() << "n = " << expected.n);
    const auto rules = sizeRules(expected.n);
    ASSERT_EQ(rules.size(), 6U);
    EXPECT_EQ(rules[0].name, "fastai");
    EXPECT_EQ(rules[0].dimension, expected.fastai);
    EXPECT_EQ(rules[1].name, "older fastai");
    EXPECT_EQ(rules[1].dimension, expected.olderFastai);
    EXPECT_EQ(rules[2].name, "pytorch-forecasting");
    EXPECT_EQ(rules[2].dimension, expected.forecasting);
    EXPECT_EQ(rules[3].name, "AutoGluon");
    EXPECT_EQ(rules[3].dimension, expected.autoGluon);
    EXPECT_EQ(rules[4].name, "Google, fourth root");
    EXPECT_NEAR(rules[4].exact, expected.fourthRoot, 0.005);
    EXPECT_EQ(rules[5].name, "Guo & Berkhahn");
    EXPECT_EQ(rules[5].dimension, expected.guoBerkhahn);
  }
}

TEST(SizeRules, AutoGluonEmbedsFromFourCategoriesOn) {
  EXPECT_EQ(sizeRules(2)[3].meaning, SizeRule::Meaning::OneHot);
  EXPECT_EQ(sizeRules(3)[3].meaning, SizeRule::Meaning::OneHot);
  EXPECT_EQ(sizeRules(4)[3].meaning, SizeRule::Meaning::Size);
}

TEST(SizeRules, GuoAndBerkhahnGiveABound) {
  for (const std::int64_t n : {2, 7, 1000}) {
    EXPECT_EQ(sizeRules(n)[5].meaning, SizeRule::Meaning::UpperBound);
  }
}

TEST(SizeRules, FourthRootOfEightyOneIsThree) {
  EXPECT_EQ(sizeRules(81)[4].dimension, 3);  // the example of Google's own text
}

TEST(SizeRules, NeverSayLessThanOne) {
  for (const SizeRule& rule : sizeRules(1)) {
    EXPECT_GE(rule.dimension, 1) << rule.name;
  }
}

TEST(SizeRules, NameTheirFormulaAndSource) {
  std::set<std::string_view> names;
  for (const SizeRule& rule : sizeRules(7)) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_FALSE(rule.formula.empty()) << rule.name;
    EXPECT_FALSE(rule.source.empty()) << rule.name;
  }
  EXPECT_FALSE(sizePrinciple().text.empty());
  EXPECT_NE(sizePrinciple().source.find("1812.04224"), std::string_view::npos);
}

struct BreakEvenCase {
  std::int64_t hidden;
  std::array<double, 6> dimensions;  // for n = 4, 10, 40, 100, 1000, 10000
};

TEST(BreakEven, AgreesWithTheTableOfItsFormula) {
  constexpr std::array<std::int64_t, 6> kCategories = {4, 10, 40, 100, 1000, 10000};
  constexpr std::array<BreakEvenCase, 4> kCases = {{{8, {2.7, 4.4, 6.7, 7.4, 7.9, 8.0}},
                                                    {16, {3.2, 6.2, 11.4, 13.8, 15.7, 16.0}},
                                                    {64, {3.8, 8.6, 24.6, 39.0, 60.2, 63.6}},
                                                    {128, {3.9, 9.3, 30.5, 56.1, 113.5, 126.4}}}};
  for (const BreakEvenCase& one : kCases) {
    for (std::size_t i = 0; i < kCategories.size(); ++i) {
      EXPECT_NEAR(breakEvenDimension(kCategories[i], one.hidden), one.dimensions[i], 0.0501)
          << "n = " << kCategories[i] << ", h = " << one.hidden;
    }
  }
}

TEST(BreakEven, IsWhereBothModelsHaveTheSameNumberOfWeights) {
  const double d = breakEvenDimension(30, 32);
  EXPECT_NEAR(30 * d + d * 32, 30 * 32, 1e-9);
}

/// With fastai's size an embedding has fewer weights only up to so many categories.
TEST(BreakEven, FastaiLeavesItAtTheKnownNumberOfCategories) {
  const auto saves = [](std::int64_t n, std::int64_t h) {
    return static_cast<double>(sizeRules(n)[0].dimension) < breakEvenDimension(n, h);
  };
  for (std::int64_t n = 2; n < 3000; ++n) {
    EXPECT_FALSE(saves(n, 8)) << n;
  }
  EXPECT_TRUE(saves(28, 16));
  EXPECT_TRUE(saves(150, 32));
  EXPECT_TRUE(saves(599, 64));
  EXPECT_TRUE(saves(2280, 128));
  for (const auto& [last, h] : {std::pair{28, 16}, {150, 32}, {599, 64}, {2280, 128}}) {
    for (int n = last + 1; n < 2 * last; ++n) {
      EXPECT_FALSE(saves(n, h)) << "n = " << n << ", h = " << h;
    }
  }
}

}  // namespace
}  // namespace embedscope::training
