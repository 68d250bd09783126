// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race_verdict.h"

#include "core/training/race_standing.h"
#include "core/training/race_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace embedscope::training {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double kDiverged = std::numeric_limits<double>::quiet_NaN();

struct Line {
  std::string name;
  std::int64_t parameters;
  bool sameFunctions;
  std::vector<double> perSeed;
};

/// A race that went as the lines say.
RaceResult raceOf(const std::string& metricName, const std::vector<Line>& lines, std::size_t best) {
  RaceResult result;
  result.metricName = metricName;
  result.best = best;
  result.recipe.seeds.resize(lines.front().perSeed.size());
  for (std::size_t c = 0; c < lines.size(); ++c) {
    const MeanWithError metric = meanWithError(lines[c].perSeed);
    RaceStanding standing;
    standing.contestant = c;
    standing.name = lines[c].name;
    standing.parameters = lines[c].parameters;
    standing.sameFunctionsAsOneHot = lines[c].sameFunctions;
    standing.perSeed = lines[c].perSeed;
    standing.mean = metric.mean;
    standing.standardError = metric.standardError;
    standing.diverged = static_cast<std::int64_t>(lines[c].perSeed.size()) - metric.count;
    result.standings.push_back(standing);
  }
  for (const RaceStanding& standing : result.standings) {
    result.differences.push_back(standing.contestant == best
                                     ? PairedDifference{}
                                     : leadOf(result.standings[best], standing, metricName,
                                              1 - 0.05 / static_cast<double>(lines.size() - 1)));
  }
  return result;
}

// The interval of 0.048 is that of scipy, as in paired_difference_test.cpp.
const std::vector<double> kHigh = {0.31, 0.28, 0.35, 0.30, 0.33};
const std::vector<double> kLow = {0.25, 0.27, 0.29, 0.24, 0.28};

TEST(RaceVerdict, NamesAClearWinnerWithTheDifferenceAndItsInterval) {
  EXPECT_EQ(
      raceVerdict(
          raceOf("rmse", {{"one-hot", 900, true, kHigh}, {"random, d = 2", 100, false, kLow}}, 1)),
      "Random (d = 2) is best beyond noise: validation RMSE 0.266 against 0.314 of one-hot, a "
      "paired difference of 0.048 (95 % interval 0.021 to 0.075, 5 seeds).");
}

TEST(RaceVerdict, MoreAccuracyIsBetter) {
  EXPECT_THAT(
      raceVerdict(raceOf("accuracy",
                         {{"one-hot", 900, true, kHigh}, {"random, d = 2", 100, false, kLow}}, 0)),
      HasSubstr("One-hot is best beyond noise: validation accuracy 0.314 against 0.266"));
}

TEST(RaceVerdict, AllowsForTheNumberOfComparisons) {
  // By scipy the 99 % interval of 0.048 is 0.0034 to 0.0926; five comparisons need it.
  std::vector<Line> lines = {{"one-hot", 900, true, kHigh}, {"random, d = 2", 100, false, kLow}};
  for (const int d : {3, 4, 5, 6}) {
    lines.push_back({"random, d = " + std::to_string(d), 100, false, {1, 1.1, 1.2, 1, 1.1}});
  }
  const std::string verdict = raceVerdict(raceOf("rmse", lines, 1));
  EXPECT_THAT(verdict, HasSubstr("Random (d = 2) is best beyond noise"));
  EXPECT_THAT(verdict,
              HasSubstr("0.314 of one-hot, the runner-up, a paired difference of 0.048 (95 "
                        "% interval 0.003 to 0.093, 5 seeds, allowing for 5 comparisons)"));
}

TEST(RaceVerdict, SaysWhatADifferenceBetweenEqualFunctionsIs) {
  const std::string verdict = raceVerdict(
      raceOf("rmse", {{"one-hot", 900, true, kLow}, {"random, d = 8", 950, true, kHigh}}, 0));
  EXPECT_THAT(verdict, HasSubstr("One-hot is best beyond noise"));
  EXPECT_THAT(verdict,
              HasSubstr("The difference to random (d = 8) can only be one of optimization"));
  EXPECT_THAT(verdict, HasSubstr("d ≥ min(n, h)"));
  EXPECT_THAT(raceVerdict(raceOf(
                  "rmse", {{"one-hot", 900, true, kHigh}, {"random, d = 2", 100, false, kLow}}, 1)),
              Not(HasSubstr("optimization")));
}

TEST(RaceVerdict, OfEqualsTheSmallestIsNamed) {
  const std::vector<double> alike = {0.26, 0.26, 0.30, 0.23, 0.285};
  const std::string verdict = raceVerdict(raceOf("rmse",
                                                 {{"one-hot", 12345, true, kLow},
                                                  {"identity", 20000, true, kLow},
                                                  {"random, d = 2", 1234, false, alike},
                                                  {"random, d = 1", 900, false, {1, 1, 1.1, 1, 1}}},
                                                 0));
  EXPECT_THAT(verdict,
              HasSubstr("No difference beyond noise between one-hot, identity and random (d = 2): "
                        "validation RMSE 0.266 of one-hot against 0.267 of random (d = 2)"));
  EXPECT_THAT(
      verdict,
      HasSubstr(
          "a paired difference of 0.001 (95 % interval −0.017 to 0.019, 5 seeds, allowing for 3 "
          "comparisons)"));
  EXPECT_THAT(verdict, HasSubstr("The smallest of them is random (d = 2) with 1,234 parameters."));
  EXPECT_THAT(verdict, HasSubstr("Random (d = 1) is worse beyond noise."));
}

TEST(RaceVerdict, EqualToTheLastBitIsSaid) {
  EXPECT_EQ(
      raceVerdict(
          raceOf("accuracy", {{"one-hot", 9, true, kLow}, {"identity, frozen", 9, true, kLow}}, 0)),
      "No difference beyond noise, nor any at all: one-hot and identity (frozen) have the same "
      "accuracy with every seed, to the last bit.");
}

TEST(RaceVerdict, OneSeedCannotTell) {
  const std::string verdict = raceVerdict(
      raceOf("rmse", {{"one-hot", 9, true, {0.5}}, {"random, d = 2", 9, false, {0.25}}}, 1));
  EXPECT_THAT(verdict, HasSubstr("One seed cannot tell a difference from noise"));
  EXPECT_THAT(verdict, HasSubstr("random (d = 2) came first with a validation RMSE of 0.25"));
  EXPECT_THAT(verdict, Not(HasSubstr("nan")));
}

TEST(RaceVerdict, TwoSeedsLeaveMuchToChance) {
  EXPECT_THAT(
      raceVerdict(raceOf(
          "rmse", {{"one-hot", 9, true, {0.5, 0.6}}, {"random, d = 2", 9, false, {0.25, 0.5}}}, 1)),
      HasSubstr("Two seeds leave much to chance"));
}

TEST(RaceVerdict, DivergedRunsAreSaid) {
  const std::vector<double> none = {kDiverged, kDiverged, kDiverged, kDiverged, kDiverged};
  const std::string all =
      raceVerdict(raceOf("rmse", {{"one-hot", 9, true, none}, {"identity", 9, true, none}}, 0));
  EXPECT_EQ(
      all,
      "Every run diverged: there is nothing to compare. Most likely the learning rate 0.001 is "
      "too high; try 0.0001.");

  const std::string one =
      raceVerdict(raceOf("rmse", {{"one-hot", 9, true, none}, {"identity", 9, true, kHigh}}, 1));
  EXPECT_THAT(one, HasSubstr("Identity has a validation RMSE of 0.314 ± 0.012 over 5 seeds; there "
                             "is nothing to compare it with."));
  EXPECT_THAT(one, HasSubstr("One-hot diverged with 5 of 5 seeds."));

  std::vector<double> some = kLow;
  some[3] = kDiverged;
  const std::string fewer = raceVerdict(raceOf("rmse",
                                               {{"one-hot", 5, true, some},
                                                {"identity", 9, true, kHigh},
                                                {"random, d = 1", 3, false, {9, 9, 9, 8, 9}}},
                                               1));
  EXPECT_THAT(fewer,
              HasSubstr("Identity is best beyond noise: validation RMSE 0.314 against 8.800 of "
                        "random (d = 1)"));
  EXPECT_THAT(fewer, HasSubstr("One-hot diverged with 1 of 5 seeds."));
}

TEST(RaceVerdict, SaysWhenTheEpochsWereTooFew) {
  RaceResult result =
      raceOf("rmse", {{"one-hot", 900, true, kHigh}, {"random, d = 2", 100, false, kLow}}, 1);
  result.recipe.base.epochs = 30;
  for (std::size_t i = 0; i < 10; ++i) {
    const bool last = i % 5 < (i < 5 ? 3U : 2U);  // three of five runs, two of five
    result.runs.push_back({.contestant = i / 5, .seed = i % 5, .bestEpoch = last ? 30 : 12});
  }
  EXPECT_THAT(raceVerdict(result), Not(HasSubstr("epochs ended")));  // without early stopping
  result.recipe.base.patience = 5;
  EXPECT_THAT(raceVerdict(result), testing::EndsWith("The 30 epochs ended while one-hot still "
                                                     "improved; more of them may change this "
                                                     "picture."));
  for (RaceRun& run : result.runs) {
    run.bestEpoch = 30;
  }
  EXPECT_THAT(raceVerdict(result), HasSubstr("while all still improved"));
}

TEST(RaceVerdict, LongListsAreCutShort) {
  std::vector<Line> lines;
  for (int d = 1; d <= 7; ++d) {
    lines.push_back({"random, d = " + std::to_string(d), 10 * d, false, kHigh});
    lines.back().perSeed[0] += 0.01 * d;
  }
  EXPECT_THAT(raceVerdict(raceOf("rmse", lines, 0)), HasSubstr("random (d = 4) and 3 more:"));
}

TEST(RaceVerdict, NumbersShowWhatTheirErrorLeavesSenseTo) {
  EXPECT_EQ(meanText(0.114632, 0.00042), "0.11463 ± 0.00042");
  EXPECT_EQ(meanText(583.6214, 12.71), "584 ± 13");
  EXPECT_EQ(meanText(583.6214, kDiverged), "583.62");
  EXPECT_EQ(meanText(kDiverged, kDiverged), "—");
  EXPECT_EQ(meanText(0.75, 0), "0.75000");
  EXPECT_EQ(differenceText({.pairs = 5, .mean = -0.0204, .lower = -0.031, .upper = -0.0098}),
            "−0.020 (95 % interval −0.031 to −0.010)");
  EXPECT_EQ(differenceText({.pairs = 1, .mean = 0.5, .lower = kDiverged, .upper = kDiverged}),
            "0.50");
  EXPECT_EQ(differenceText({}), "—");
}

}  // namespace
}  // namespace embedscope::training
