// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/crossover.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/training/crossover_sentence.h"
#include "tests/core/training/small_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace embedscope::training {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::regressionData;
using tests::shared;
using tests::smallRecipe;
using Axis = CrossoverRecipe::Axis;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct Band {
  std::int64_t value;
  double lower;
  double upper;
};

/// Points whose intervals are known; a NaN limit stands for too few pairs.
std::vector<CrossoverPoint> pointsOf(const std::vector<Band>& bands) {
  std::vector<CrossoverPoint> points;
  for (const Band& band : bands) {
    CrossoverPoint point;
    point.value = band.value;
    point.baseline.name = "one-hot";
    point.challenger.name = "random, d = 2";
    const bool known = !std::isnan(band.lower);
    point.difference = {.pairs = known ? 5 : 1,
                        .mean = known ? (band.lower + band.upper) / 2 : 0,
                        .standardError = 1,
                        .lower = band.lower,
                        .upper = band.upper};
    points.push_back(point);
  }
  return points;
}

CrossoverResult resultOf(Axis axis, const std::vector<Band>& bands) {
  CrossoverResult result;
  result.recipe.axis = axis;
  result.metricName = "rmse";
  result.points = pointsOf(bands);
  static_cast<CrossoverEstimate&>(result) = estimateCrossover(axis, result.points);
  return result;
}

TEST(CrossoverEstimate, IsTheFirstValueFromWhichOnTheChallengerIsBetter) {
  // Over log2(value) the upper limit is 0 half way from 4 to 16, the lower a quarter from 64 to
  // 256.
  const CrossoverEstimate estimate = estimateCrossover(
      Axis::Categories,
      pointsOf({{4, -3, -1}, {16, -2, 1}, {64, -1, 2}, {256, 3, 4}, {1024, 1, 5}}));
  EXPECT_EQ(estimate.crossover, 256);
  ASSERT_TRUE(estimate.lower && estimate.upper);
  EXPECT_NEAR(*estimate.lower, 8, 1e-9);
  EXPECT_NEAR(*estimate.upper, 64 * std::sqrt(2), 1e-9);  // 2^(6 + 2 / 4)
}

TEST(CrossoverEstimate, OfRowsPerCategoryIsTheLastValueAtWhichItIsBetter) {
  const CrossoverEstimate estimate = estimateCrossover(
      Axis::RowsPerCategory, pointsOf({{2, -1, 4}, {4, 1, 3}, {16, -1, 1}, {64, -3, -1}}));
  EXPECT_EQ(estimate.crossover, 4);
  ASSERT_TRUE(estimate.lower && estimate.upper);
  EXPECT_NEAR(*estimate.lower, 8, 1e-9);   // the lower limit half way from 4 to 16
  EXPECT_NEAR(*estimate.upper, 32, 1e-9);  // the upper limit half way from 16 to 64

  const CrossoverEstimate above =
      estimateCrossover(Axis::RowsPerCategory, pointsOf({{2, -1, 4}, {4, 1, 3}, {16, 1, 3}}));
  EXPECT_EQ(above.crossover, 16);
  EXPECT_FALSE(above.lower || above.upper);
}

TEST(CrossoverEstimate, NeedsTheChallengerToStayBetter) {
  const CrossoverEstimate none =
      estimateCrossover(Axis::Categories, pointsOf({{4, -3, -1}, {16, 1, 2}, {64, -1, 2}}));
  EXPECT_FALSE(none.crossover || none.lower || none.upper);
  const CrossoverEstimate worse =
      estimateCrossover(Axis::Categories, pointsOf({{4, -3, -1}, {16, -3, -2}}));
  EXPECT_FALSE(worse.crossover || worse.lower || worse.upper);
  EXPECT_FALSE(estimateCrossover(Axis::Dimension, {}).crossover);
}

TEST(CrossoverEstimate, IsOpenWhereTheRangeEnds) {
  const CrossoverEstimate below =
      estimateCrossover(Axis::Categories, pointsOf({{4, -1, 1}, {16, -1, 1}, {64, 1, 2}}));
  EXPECT_EQ(below.crossover, 64);
  EXPECT_FALSE(below.lower);
  EXPECT_NEAR(below.upper.value(), 32, 1e-9);

  const CrossoverEstimate everywhere =
      estimateCrossover(Axis::Categories, pointsOf({{4, 1, 2}, {16, 1, 2}}));
  EXPECT_EQ(everywhere.crossover, 4);
  EXPECT_FALSE(everywhere.lower || everywhere.upper);
}

TEST(CrossoverEstimate, APointWithoutAnIntervalIsUnbounded) {
  const CrossoverEstimate estimate = estimateCrossover(
      Axis::Categories, pointsOf({{4, -3, -1}, {16, kUnknown, kUnknown}, {64, 1, 2}, {256, 1, 2}}));
  EXPECT_EQ(estimate.crossover, 64);
  EXPECT_EQ(estimate.lower, 4.0);
  EXPECT_EQ(estimate.upper, 64.0);
  EXPECT_FALSE(estimateCrossover(Axis::Categories, pointsOf({{4, 1, 2}, {16, kUnknown, kUnknown}}))
                   .crossover);
}

TEST(CrossoverSentence, StatesTheCrossoverWithItsInterval) {
  EXPECT_EQ(
      crossoverSentence(resultOf(
          Axis::Categories, {{4, -3, -1}, {16, -2, 1}, {64, -1, 2}, {256, 3, 4}, {1024, 1, 5}})),
      "From 256 categories on, up to the 1,024 tested, random (d = 2) has a lower RMSE than "
      "one-hot beyond noise. The crossover lies between 8 and 90.5 categories (95 %, 5 "
      "seeds).");
  EXPECT_THAT(
      crossoverSentence(
          resultOf(Axis::RowsPerCategory, {{2, 2, 4}, {4, 1, 3}, {16, -1, 1}, {64, -1, 1}})),
      HasSubstr("From 2 to 4 rows per category random (d = 2) has a lower RMSE than one-hot "
                "beyond noise. The crossover lies at or above 8 rows per category"));
  EXPECT_THAT(
      crossoverSentence(resultOf(Axis::RowsPerCategory, {{2, 1, 4}, {4, -1, 3}, {16, 1, 3}})),
      HasSubstr(
          "At 16 rows per category random (d = 2) has a lower RMSE than one-hot beyond noise. "
          "The crossover lies above what was tested (95 %, 5 seeds)."));
  EXPECT_THAT(crossoverSentence(resultOf(Axis::Dimension, {{1, -1, 2}, {4, 1, 2}})),
              HasSubstr("From d = 4 on, up to the 4 tested, random has a lower RMSE than one-hot "
                        "beyond noise. The crossover lies at or below d = 2"));
  EXPECT_THAT(crossoverSentence(resultOf(Axis::Categories, {{4, 1, 2}, {16, 1, 2}})),
              HasSubstr("That is every value tested: the crossover lies at or below them"));
}

TEST(CrossoverSentence, SaysWhenThereIsNone) {
  EXPECT_THAT(
      crossoverSentence(resultOf(Axis::Categories, {{4, -3, -1}, {16, -2, 1}})),
      HasSubstr("No crossover in the tested range (4 to 16 categories): random (d = 2) "
                "nowhere has a lower RMSE than one-hot beyond noise; its best lead is −0.5 "
                "(95 % interval −2.0 to 1.0) at 16 categories. It is worse beyond noise at 4 "
                "categories."));
  EXPECT_THAT(crossoverSentence(resultOf(Axis::Dimension, {{1, -3, -1}, {2, 1, 2}, {4, -1, 1}})),
              HasSubstr("No crossover in the tested range (d = 1 to 4): random has a lower RMSE "
                        "than one-hot beyond noise at d = 2, but not up to d = 4."));
  CrossoverResult one = resultOf(Axis::Categories, {{4, kUnknown, kUnknown}});
  one.recipe.seeds = {1};
  EXPECT_THAT(crossoverSentence(one), HasSubstr("One seed cannot tell"));
}

TEST(CrossoverSentence, SaysWhereItCanOnlyBeOptimization) {
  CrossoverResult result = resultOf(Axis::Dimension, {{1, -3, -1}, {4, -2, 1}, {8, 1, 2}});
  EXPECT_THAT(crossoverSentence(result), Not(HasSubstr("optimization")));
  for (CrossoverPoint& point : result.points) {
    point.baseline.sameFunctionsAsOneHot = true;
    point.challenger.sameFunctionsAsOneHot = point.value >= 4;
  }
  EXPECT_THAT(crossoverSentence(result),
              HasSubstr("At d = 8 the difference can only be one of optimization"));
}

CrossoverRecipe smallSweep() {
  CrossoverRecipe recipe;
  recipe.values = {2, 4, 8};
  recipe.generated.rowsPerCategory = 12;
  recipe.base.hidden = {8};
  recipe.base.epochs = 3;
  recipe.base.batchSize = 16;
  recipe.seeds = {1, 2, 3};
  return recipe;
}

TEST(Crossover, IsTheSameForAnyNumberOfThreads) {
  std::vector<std::vector<double>> means;
  for (const int threads : {1, 2, 7}) {
    base::setThreadCount(threads);
    const std::optional<CrossoverResult> result = measureCrossover(smallSweep(), {});
    std::vector<double> numbers;
    for (const CrossoverPoint& point : result->points) {
      numbers.insert(numbers.end(), {point.baseline.mean, point.challenger.mean,
                                     point.difference.mean, point.difference.lower});
    }
    means.push_back(numbers);
  }
  base::setThreadCount(0);
  EXPECT_EQ(means[0], means[1]);
  EXPECT_EQ(means[0], means[2]);
}

TEST(Crossover, OverCategoriesRacesOnGeneratedData) {
  std::vector<std::int64_t> told;
  double last = 0;
  const base::TaskContext context({}, [&](double fraction) { last = fraction; });
  const std::optional<CrossoverResult> result = measureCrossover(
      smallSweep(), context, [&](const CrossoverPoint& point) { told.push_back(point.value); });
  ASSERT_TRUE(result);
  EXPECT_EQ(told, (std::vector<std::int64_t>{2, 4, 8}));
  EXPECT_EQ(last, 1);
  EXPECT_EQ(result->metricName, "rmse");
  ASSERT_EQ(result->points.size(), 3U);
  const CrossoverPoint& point = result->points[2];
  EXPECT_EQ(point.baseline.dimension, 8);
  EXPECT_EQ(point.challenger.dimension, 2);
  // Numbers x1 and x2; hidden (2 + columns) · 8 + 8, output 8 + 1; the embedding adds its table.
  EXPECT_EQ(point.baseline.parameters, (2 + 8) * 8 + 8 + 9);
  EXPECT_EQ(point.challenger.parameters, (2 + 2) * 8 + 8 + 9 + 8 * 2);
  EXPECT_EQ(point.difference.pairs, 3);
  EXPECT_NEAR(point.difference.mean, point.baseline.mean - point.challenger.mean, 1e-12);
  EXPECT_EQ(point.difference.confidence, 0.95);
  EXPECT_NE(result->sentence, "");
}

TEST(Crossover, EverySeedDrawsDataOfItsOwn) {
  // The seeds of the runs are the same, so only the data can make the difference.
  CrossoverRecipe recipe = smallSweep();
  const auto first = measureCrossover(recipe, {});
  recipe.generated.seed = 2;
  const auto second = measureCrossover(recipe, {});
  EXPECT_NE(first->points[0].baseline.perSeed[0], second->points[0].baseline.perSeed[0]);
  // The second seed of the first sweep and the first of the third share data and run.
  recipe.seeds = {2, 3};
  const auto third = measureCrossover(recipe, {});
  EXPECT_EQ(first->points[0].baseline.perSeed[1], third->points[0].baseline.perSeed[0]);
}

TEST(Crossover, OverTheDimensionTakesTheRunsOfARace) {
  const data::DatasetPtr data = shared(regressionData(203));
  CrossoverRecipe recipe;
  recipe.axis = Axis::Dimension;
  recipe.values = {1, 2, 8};
  recipe.dataset = data;
  recipe.base = smallRecipe();
  recipe.features = {"a"};
  recipe.seeds = {1, 2, 3};
  const std::optional<CrossoverResult> result = measureCrossover(recipe, {});
  ASSERT_TRUE(result);

  RaceRecipe race;
  race.base = recipe.base;
  race.features = recipe.features;
  race.seeds = recipe.seeds;
  race.contestants = {recipe.baseline};
  for (const std::int64_t d : recipe.values) {
    race.contestants.push_back({.approach = Approach::Random, .dimension = d});
  }
  const std::optional<RaceResult> raced = runRace(data, race, {});
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(result->points[i].baseline.perSeed, raced->standings[0].perSeed);
    EXPECT_EQ(result->points[i].challenger.perSeed, raced->standings[i + 1].perSeed);
    EXPECT_EQ(result->points[i].challenger.name, raced->standings[i + 1].name);
  }
  EXPECT_FALSE(result->points[1].challenger.sameFunctionsAsOneHot);
  EXPECT_TRUE(result->points[2].challenger.sameFunctionsAsOneHot);  // 8 ≥ min(5, 8)
}

TEST(Crossover, PoolingPaysOnceThereAreManyCategories) {
  // Two numbers for each product are all there is to know, and what they mean is the same for all
  // products: an embedding of rank 2 learns that from every row, one-hot weights from 16 of them.
  CrossoverRecipe recipe;
  recipe.values = {4, 64};
  recipe.generated.rowsPerCategory = 20;
  recipe.base.features.resize(1);
  recipe.base.features[0].initialization = Initialization::Uniform;
  recipe.base.hidden = {32, 16};
  recipe.base.optimizer.learningRate = 0.01;
  recipe.base.batchSize = 64;
  recipe.base.epochs = 200;
  recipe.base.patience = 20;
  const std::optional<CrossoverResult> result = measureCrossover(recipe, {});
  EXPECT_FALSE(result->points[0].difference.isBeyondNoise());
  EXPECT_GT(result->points[1].difference.lower, 0);
  EXPECT_EQ(result->crossover, 64);
  EXPECT_THAT(result->sentence, HasSubstr("From 64 categories on"));
}

TEST(Crossover, StopsBetweenAndInValues) {
  CrossoverRecipe recipe = smallSweep();
  recipe.base.epochs = 1'000'000;
  std::stop_source source;
  source.request_stop();
  EXPECT_FALSE(measureCrossover(recipe, base::TaskContext(source.get_token(), {})));
}

TEST(Crossover, SaysWhyItCannotRun) {
  const auto refused = [](const auto& change) -> std::string {
    CrossoverRecipe recipe = smallSweep();
    change(recipe);
    try {
      measureCrossover(recipe, {});
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
      return error.what();
    }
    return "nothing was thrown";
  };
  EXPECT_THAT(refused([](CrossoverRecipe& recipe) { recipe.values = {4}; }),
              HasSubstr("at least two values"));
  EXPECT_THAT(refused([](CrossoverRecipe& recipe) { recipe.values = {4, 4}; }),
              HasSubstr("must rise"));
  EXPECT_THAT(refused([](CrossoverRecipe& recipe) { recipe.values = {0, 4}; }),
              HasSubstr("at least 1"));
  EXPECT_THAT(refused([](CrossoverRecipe& recipe) { recipe.values = {1, 4}; }),
              HasSubstr("at least 2 categories"));
  EXPECT_THAT(refused([](CrossoverRecipe& recipe) { recipe.seeds.clear(); }),
              HasSubstr("at least one seed"));
  EXPECT_THAT(refused([](CrossoverRecipe& recipe) { recipe.axis = Axis::Dimension; }),
              HasSubstr("needs data"));
  EXPECT_THAT(
      refused([](CrossoverRecipe& recipe) { recipe.generated.kind = data::GeneratedKind::Months; }),
      HasSubstr("any number of them"));
  EXPECT_THAT(refused([](CrossoverRecipe& recipe) {
                recipe.axis = Axis::Dimension;
                recipe.dataset = shared(regressionData(103));
                recipe.challenger.approach = Approach::Identity;
              }),
              HasSubstr("approach random"));
}

}  // namespace
}  // namespace embedscope::training
