// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/advice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace embedscope::training {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Choice = Advice::Choice;

Advice adviseFor(std::size_t categories, std::int64_t rowsEach, std::int64_t hidden) {
  return advise(std::vector<std::int64_t>(categories, rowsEach), hidden);
}

TEST(Advice, CountsRowsPerCategory) {
  // numpy.median of the same numbers.
  const Advice odd = advise(std::vector<std::int64_t>{7, 1, 100, 3, 5}, 32);
  EXPECT_TRUE(odd.rowsKnown);
  EXPECT_EQ(odd.categories, 5);
  EXPECT_EQ(odd.medianRows, 5);
  EXPECT_EQ(odd.fewestRows, 1);
  const Advice even = advise(std::vector<std::int64_t>{9, 4, 0, 3}, 32);
  EXPECT_EQ(even.medianRows, 3.5);
  EXPECT_EQ(even.fewestRows, 0);
  EXPECT_EQ(even.emptyCategories, 1);
  EXPECT_THAT(even.text, HasSubstr("One category has no rows"));
}

TEST(Advice, SaysOneHotForTwoAndThreeCategories) {
  for (const std::size_t n : {2U, 3U}) {
    const Advice advice = adviseFor(n, 500, 32);
    EXPECT_EQ(advice.choice, Choice::OneHot) << n;
    EXPECT_EQ(advice.headline, "One-hot");
    EXPECT_THAT(advice.text, HasSubstr("identity table that is frozen"));
  }
}

TEST(Advice, CallsFourToTenATie) {
  for (const std::size_t n : {4U, 7U, 10U}) {
    EXPECT_EQ(adviseFor(n, 500, 32).choice, Choice::Tie) << n;
  }
  const Advice advice = adviseFor(7, 500, 32);
  EXPECT_NEAR(advice.breakEven, 7.0 * 32 / 39, 1e-12);
  EXPECT_THAT(advice.text, HasSubstr("d* = 5.7"));
}

TEST(Advice, DecidesByRowsPerCategoryInBetween) {
  const Advice few = adviseFor(40, 12, 32);
  EXPECT_EQ(few.choice, Choice::ByEvidence);
  EXPECT_THAT(few.text, HasSubstr("12 rows for the h = 32 weights"));
  EXPECT_THAT(few.text, HasSubstr("share what they learn"));
  EXPECT_THAT(few.text, HasSubstr("d* = 17.8"));
  const Advice some = adviseFor(40, 100, 32);
  EXPECT_THAT(some.text, HasSubstr("neither few nor plenty"));
  const Advice plenty = adviseFor(40, 5421, 32);
  EXPECT_THAT(plenty.text, HasSubstr("5,421 rows, plenty for the h = 32 weights"));
}

TEST(Advice, SaysEmbeddingOrHashingForHundredsAndMore) {
  for (const std::size_t n : {100U, 1115U, 100'000U}) {
    const Advice advice = adviseFor(n, 10, 32);
    EXPECT_EQ(advice.choice, Choice::Embedding) << n;
    EXPECT_THAT(advice.headline, HasSubstr("hashing"));
  }
  EXPECT_THAT(adviseFor(1115, 10, 32).text, HasSubstr("n·h = 35,680 weights"));
}

TEST(Advice, AlwaysSaysThatMeasuringDecidesAndWhere) {
  for (const std::size_t n : {2U, 7U, 40U, 500U}) {
    for (const std::int64_t hidden : {0, 16}) {
      const Advice advice = adviseFor(n, 20, hidden);
      EXPECT_THAT(advice.text, HasSubstr("Measuring decides: race")) << n;
      EXPECT_THAT(advice.text, HasSubstr("Train page")) << n;
    }
  }
}

TEST(Advice, ManagesWithoutCounts) {
  const Advice advice = adviseFor(40, 0, 32);
  EXPECT_FALSE(advice.rowsKnown);
  EXPECT_EQ(advice.emptyCategories, 0);
  EXPECT_THAT(advice.text, HasSubstr("is not known"));
  EXPECT_THAT(advice.text, Not(HasSubstr("no rows")));
}

TEST(Advice, ManagesWithoutAHiddenLayer) {
  const Advice advice = adviseFor(40, 100, 0);
  EXPECT_EQ(advice.breakEven, 0);
  EXPECT_EQ(advice.choice, Choice::OneHot);
  EXPECT_THAT(advice.text, HasSubstr("Without a hidden layer"));
  EXPECT_THAT(advice.text, Not(HasSubstr("d* =")));
  EXPECT_THAT(advice.warning, IsEmpty());
}

TEST(Advice, ManagesWithNoOrOneCategory) {
  const Advice none = advise({}, 32);
  EXPECT_EQ(none.choice, Choice::Nothing);
  EXPECT_THAT(none.rules, IsEmpty());
  EXPECT_EQ(none.breakEven, 0);
  const Advice one = adviseFor(1, 100, 32);
  EXPECT_EQ(one.choice, Choice::Nothing);
  EXPECT_THAT(one.text, HasSubstr("leave it out"));
  EXPECT_EQ(one.rules.size(), 6U);
}

TEST(Advice, WarnsOfRulesThatMakeTheModelLarger) {
  // n = 1,000, h = 32: d* = 31.0; see the value table of the rules.
  const Advice advice = adviseFor(1000, 10, 32);
  EXPECT_EQ(advice.warning,
            "fastai (77), older fastai (50), pytorch-forecasting (77) and AutoGluon (76) exceed "
            "d* = 31.0: more weights than one-hot.");
  EXPECT_EQ(excessOf(advice.rules[0], advice), Excess::MoreWeights);
  EXPECT_EQ(excessOf(advice.rules[4], advice), Excess::None);
  EXPECT_EQ(excessOf(advice.rules[5], advice), Excess::None) << "a bound is no advice";
}

TEST(Advice, WarnsOfRulesThatLeaveNoBottleneck) {
  const Advice advice = adviseFor(3, 10, 32);
  EXPECT_EQ(advice.warning,
            "fastai (3) and pytorch-forecasting (3) would use as many numbers as one-hot or more "
            "(d ≥ n).");
  EXPECT_EQ(excessOf(advice.rules[3], advice), Excess::None) << "AutoGluon says one-hot";
}

TEST(Advice, DoesNotWarnOfSizesThatSave) {
  EXPECT_THAT(adviseFor(12, 100, 32).warning, IsEmpty());  // d* = 8.7, the largest rule says 6
}

/// Fewer weights, exactly below d*: counted for every size.
TEST(Advice, BreakEvenAgreesWithCountingWeights) {
  const Advice advice = adviseFor(31, 100, 16);
  for (std::int64_t d = 1; d <= 31; ++d) {
    const bool fewer = 31 * d + d * 16 < 31 * 16;
    EXPECT_EQ(static_cast<double>(d) < advice.breakEven, fewer) << d;
  }
}

}  // namespace
}  // namespace embedscope::training
