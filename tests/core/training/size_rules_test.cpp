// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/size_rules.h"

#include <gtest/gtest.h>

#include <array>

namespace embedscope::training {
namespace {

struct Expected {
  std::int64_t n;
  std::int64_t fastai;
  std::int64_t half;
  double fourthRoot;
  std::int64_t guoBerkhahn;
};

// Worked out by hand and in Python from the published formulas.
constexpr std::array<Expected, 14> kExpected{{{2, 2, 1, 1.19, 1},
                                              {3, 3, 2, 1.32, 2},
                                              {4, 3, 2, 1.41, 3},
                                              {7, 5, 4, 1.63, 6},
                                              {10, 6, 5, 1.78, 9},
                                              {12, 6, 6, 1.86, 11},
                                              {31, 11, 16, 2.36, 30},
                                              {50, 14, 25, 2.66, 49},
                                              {100, 21, 50, 3.16, 99},
                                              {200, 31, 50, 3.76, 199},
                                              {1000, 77, 50, 5.62, 999},
                                              {1115, 81, 50, 5.78, 1114},
                                              {10000, 278, 50, 10, 9999},
                                              {100000, 600, 50, 17.78, 99999}}};

TEST(SizeRules, AgreeWithThePublishedFormulas) {
  for (const Expected& expected : kExpected) {
    const auto rules = sizeRules(expected.n);
    ASSERT_EQ(rules.size(), 4U);
    EXPECT_EQ(rules[0].dimension, expected.fastai) << "n = " << expected.n;
    EXPECT_EQ(rules[1].dimension, expected.half) << "n = " << expected.n;
    EXPECT_NEAR(rules[2].exact, expected.fourthRoot, 0.005) << "n = " << expected.n;
    EXPECT_EQ(rules[3].dimension, expected.guoBerkhahn) << "n = " << expected.n;
  }
}

TEST(SizeRules, FourthRootOfEightyOneIsThree) {
  EXPECT_EQ(sizeRules(81)[2].dimension, 3);
}

TEST(SizeRules, NeverSayLessThanOne) {
  for (const SizeRule& rule : sizeRules(1)) {
    EXPECT_GE(rule.dimension, 1) << rule.name;
  }
}

TEST(SizeRules, NameTheirSource) {
  for (const SizeRule& rule : sizeRules(7)) {
    EXPECT_FALSE(rule.name.empty());
    EXPECT_FALSE(rule.formula.empty());
    EXPECT_FALSE(rule.source.empty());
  }
}

TEST(BreakEven, AgreesWithTheCountOfWeights) {
  EXPECT_NEAR(breakEvenDimension(4, 8), 2.7, 0.05);
  EXPECT_NEAR(breakEvenDimension(40, 16), 11.4, 0.05);
  EXPECT_NEAR(breakEvenDimension(1000, 64), 60.2, 0.05);
  EXPECT_NEAR(breakEvenDimension(10000, 128), 126.4, 0.05);
  // Both models have the same number of weights at d*: n·d + d·h = n·h.
  const double d = breakEvenDimension(30, 32);
  EXPECT_NEAR(30 * d + d * 32, 30 * 32, 1e-9);
}

}  // namespace
}  // namespace embedscope::training
