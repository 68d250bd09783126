// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/paired_difference.h"

#include "core/training/student_t.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace embedscope::training {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Expectations are those of scipy 1.10.1: stats.t.ppf, whose own error reaches 3e-9 (one
// degree of freedom is tan(0.475 π) = 12.7062047361747), stats.t.cdf and stats.t.interval.

TEST(StudentT, QuantilesAreThoseOfScipy) {
  struct Known {
    double confidence;
    std::int64_t degreesOfFreedom;
    double t;
  };

  const std::vector<Known> known = {
      {0.95, 1, 12.706204736432095},   {0.95, 2, 4.302652729911275},
      {0.95, 3, 3.182446305284263},    {0.95, 4, 2.7764451051977987},
      {0.95, 5, 2.5705818366147395},   {0.95, 9, 2.2621571627409915},
      {0.95, 10, 2.2281388519649385},  {0.95, 29, 2.045229642132703},
      {0.95, 30, 2.0422724563012373},  {0.95, 100, 1.9839715184496334},
      {0.95, 999, 1.9623414611334487}, {0.99, 1, 63.65674116287399},
      {0.99, 4, 4.604094871415897},    {0.99, 30, 2.7499956535670305},
      {0.9875, 2, 8.860200034654257},  {0.9875, 9, 3.1109348158223287},
      {0.9875, 100, 2.54368881850536},
  };
  EXPECT_NEAR(studentQuantile(0.95, 1), std::tan(0.475 * std::numbers::pi), 1e-12);
  for (const Known& each : known) {
    EXPECT_NEAR(studentQuantile(each.confidence, each.degreesOfFreedom) / each.t, 1, 1e-8)
        << each.confidence << " " << each.degreesOfFreedom;
    EXPECT_NEAR(studentProbability(each.t, each.degreesOfFreedom), each.confidence, 1e-8);
  }
}

TEST(StudentT, ProbabilitiesAreThoseOfScipy) {
  EXPECT_EQ(studentProbability(0, 1), 0);
  EXPECT_NEAR(studentProbability(1, 1), 0.5, 1e-14);
  EXPECT_NEAR(studentProbability(2.5, 4), 0.9332334551880119, 1e-13);
  EXPECT_NEAR(studentProbability(1.7, 7), 0.867071103217445, 1e-13);
  EXPECT_NEAR(studentProbability(3, 60), 0.9960723026670275, 1e-13);
}

TEST(PairedDifference, HasTheIntervalOfScipy) {
  const std::vector<double> a = {0.31, 0.28, 0.35, 0.30, 0.33};
  const std::vector<double> b = {0.25, 0.27, 0.29, 0.24, 0.28};
  const PairedDifference difference = pairedDifference(a, b);
  EXPECT_EQ(difference.pairs, 5);
  EXPECT_NEAR(difference.mean, 0.048, 1e-15);
  EXPECT_NEAR(difference.standardError, 0.009695359714832655, 1e-15);
  EXPECT_NEAR(difference.lower, 0.02108136597662095, 1e-10);
  EXPECT_NEAR(difference.upper, 0.07491863402337906, 1e-10);
  EXPECT_TRUE(difference.isBeyondNoise());

  const PairedDifference wider = pairedDifference(b, a, 0.99);
  EXPECT_NEAR(wider.lower, -0.09263835593959333, 1e-10);
  EXPECT_NEAR(wider.upper, -0.0033616440604066836, 1e-10);
  EXPECT_EQ(wider.confidence, 0.99);
  EXPECT_TRUE(wider.isBeyondNoise());
}

TEST(PairedDifference, LeavesOutPairsWithoutANumber) {
  const std::vector<double> a = {1, kNone, 3, 4, kNone};
  const std::vector<double> b = {0, 1, kNone, 1, kNone};
  const PairedDifference difference = pairedDifference(a, b);
  EXPECT_EQ(difference.pairs, 2);
  EXPECT_DOUBLE_EQ(difference.mean, 2);           // 1 and 3
  EXPECT_DOUBLE_EQ(difference.standardError, 1);  // sqrt(2 / 2)
  EXPECT_NEAR(difference.upper, 2 + 12.706204736432095, 1e-8);
  EXPECT_FALSE(difference.isBeyondNoise());
}

TEST(PairedDifference, OnePairTellsNothingOfNoise) {
  const PairedDifference one = pairedDifference(std::vector<double>{5}, std::vector<double>{2});
  EXPECT_EQ(one.pairs, 1);
  EXPECT_DOUBLE_EQ(one.mean, 3);
  EXPECT_TRUE(std::isnan(one.standardError));
  EXPECT_TRUE(std::isnan(one.lower) && std::isnan(one.upper));
  EXPECT_FALSE(one.isBeyondNoise());

  const PairedDifference none = pairedDifference({}, {});
  EXPECT_EQ(none.pairs, 0);
  EXPECT_TRUE(std::isnan(none.mean));
  EXPECT_FALSE(none.isBeyondNoise());
}

TEST(PairedDifference, EqualNumbersDifferByNothing) {
  const std::vector<double> a = {0.1, 0.2, 0.3};
  const PairedDifference difference = pairedDifference(a, a);
  EXPECT_EQ(difference.lower, 0);
  EXPECT_EQ(difference.upper, 0);
  EXPECT_FALSE(difference.isBeyondNoise());
}

}  // namespace
}  // namespace embedscope::training
