// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/initialization.h"
#include "core/training/prepared_data.h"
#include "core/training/row_split.h"
#include "core/training/standardization.h"
#include "tests/core/training/small_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <vector>

namespace embedscope::training {
namespace {

TEST(RowSplit, HoldsEveryRowOnce) {
  const RowSplit split = splitRows(1001, 0.3, 5);
  EXPECT_EQ(split.validation.size(), 300U);
  EXPECT_EQ(split.training.size(), 701U);
  EXPECT_TRUE(std::is_sorted(split.training.begin(), split.training.end()));
  EXPECT_TRUE(std::is_sorted(split.validation.begin(), split.validation.end()));
  std::vector<std::int64_t> all;
  std::merge(split.training.begin(), split.training.end(), split.validation.begin(),
             split.validation.end(), std::back_inserter(all));
  std::vector<std::int64_t> expected(1001);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(all, expected);
}

TEST(RowSplit, IsDrawnBySeed) {
  EXPECT_EQ(splitRows(100, 0.5, 1).validation, splitRows(100, 0.5, 1).validation);
  EXPECT_NE(splitRows(100, 0.5, 1).validation, splitRows(100, 0.5, 2).validation);
}

TEST(RowSplit, LeavesARowToTrainOn) {
  EXPECT_EQ(splitRows(1, 0.99, 1).training.size(), 1U);
  EXPECT_EQ(splitRows(10, 0.99, 1).training.size(), 1U);
  EXPECT_TRUE(splitRows(10, 0, 1).validation.empty());
  EXPECT_TRUE(splitRows(10, 0.04, 1).validation.empty());
  EXPECT_EQ(splitRows(10, 0.05, 1).validation.size(), 1U);
}

TEST(RowSplit, EpochsAreShuffledApart) {
  const std::vector<std::int64_t> rows = splitRows(200, 0, 1).training;
  std::vector<std::int64_t> first = rows;
  std::vector<std::int64_t> again = rows;
  std::vector<std::int64_t> second = rows;
  shuffleForEpoch(first, 1, 0);
  shuffleForEpoch(again, 1, 0);
  shuffleForEpoch(second, 1, 1);
  EXPECT_EQ(first, again);
  EXPECT_NE(first, second);
  EXPECT_NE(first, rows);
  EXPECT_THAT(second, testing::UnorderedElementsAreArray(rows));
}

TEST(Standardization, IsThatOfThePopulationOfTheGivenRows) {
  const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9, 1000};
  const std::vector<std::int64_t> rows = {0, 1, 2, 3, 4, 5, 6, 7};
  const Standardization scale = standardizationOf(values.data(), 1, rows);
  EXPECT_DOUBLE_EQ(scale.mean, 5);
  EXPECT_DOUBLE_EQ(scale.deviation, 2);
  EXPECT_DOUBLE_EQ(scale.apply(9), 2);
}

TEST(Standardization, AColumnOfEqualNumbersBecomesZero) {
  const std::vector<double> values(1000, 0.1);
  std::vector<std::int64_t> rows(1000);
  std::iota(rows.begin(), rows.end(), 0);
  const Standardization scale = standardizationOf(values.data(), 1, rows);
  EXPECT_DOUBLE_EQ(scale.deviation, 1);
  EXPECT_NEAR(scale.apply(0.1), 0, 1e-12);
}

TEST(PreparedData, StandardizesByTheTrainingRowsAlone) {
  const PreparedData data(tests::shared(tests::regressionData(100)), 0.4, 3);
  Batch<float> batch;
  batch.allocate(2, 1, 60);
  data.fill(data.split().training, batch);
  EXPECT_EQ(batch.size, 60);
  EXPECT_NEAR(batch.numeric.mean(), 0, 1e-6);
  EXPECT_NEAR(batch.numeric.array().square().mean(), 1, 1e-6);
  for (std::size_t i = 0; i < 60; ++i) {
    const auto row = static_cast<std::size_t>(data.split().training[i]);
    EXPECT_EQ(batch.codes[0][i], data.dataset().categorical[0].codes[row]);
    EXPECT_NEAR(static_cast<double>(batch.values[i]) * data.targetScale().deviation +
                    data.targetScale().mean,
                data.dataset().target.values[row], 1e-4);
  }
}

/// A model with one table of 2,000 × 3, and one hidden layer of 50 on 3 + 1 inputs.
Model<float> initialized(Initialization initialization, std::uint64_t seed) {
  data::Dataset data = tests::regressionData(10);
  data.categorical = {tests::cyclicColumn("a", 2000, 10)};
  TrainingRecipe recipe;
  recipe.features.resize(1);
  recipe.features[0].initialization = initialization;
  recipe.seed = seed;
  ModelShape shape;
  shape.features = {{"a", 2000, 3, false, false}};
  shape.numericColumns = 1;
  shape.hidden = {50};
  Model<float> model(shape);
  initialize(recipe, data, model);
  return model;
}

TEST(Initialization, NormalTablesAreStandardNormal) {
  const Model<float> model = initialized(Initialization::Normal, 1);
  const auto values = model.embedding(0)->table().value().cast<double>().array();
  // 6,000 numbers: five standard errors are 0.065 for the mean, 0.09 for the mean square.
  EXPECT_NEAR(values.mean(), 0, 0.065);
  EXPECT_NEAR(values.square().mean(), 1, 0.09);
}

TEST(Initialization, UniformTablesLieWithinHalfOverD) {
  const Model<float> model = initialized(Initialization::Uniform, 1);
  const auto values = model.embedding(0)->table().value().cast<double>().array();
  EXPECT_LE(values.abs().maxCoeff(), 0.5 / 3 + 1e-7);
  EXPECT_GT(values.abs().maxCoeff(), 0.49 / 3);
  EXPECT_NEAR(values.mean(), 0, 0.01);
}

TEST(Initialization, LinearLayersAreUniformByTheirInputs) {
  const Model<float> model = initialized(Initialization::Normal, 1);
  const auto& layers = model.linearLayers();
  EXPECT_LE(layers[0].weights().value().cwiseAbs().maxCoeff(), 0.5F);  // 1 / √4
  EXPECT_GT(layers[0].weights().value().cwiseAbs().maxCoeff(), 0.45F);
  EXPECT_LE(layers[0].bias().value().cwiseAbs().maxCoeff(), 0.5F);
  EXPECT_GT(layers[0].bias().value().cwiseAbs().maxCoeff(), 0.4F);
  EXPECT_LE(layers[1].weights().value().cwiseAbs().maxCoeff(), 1 / std::sqrt(50.0F));
}

TEST(Initialization, SeedsDrawDifferentNumbersAndTheSameOnesAgain) {
  const Model<float> one = initialized(Initialization::Normal, 1);
  const Model<float> same = initialized(Initialization::Normal, 1);
  const Model<float> other = initialized(Initialization::Normal, 2);
  EXPECT_TRUE(one.embedding(0)->table().value() == same.embedding(0)->table().value());
  EXPECT_FALSE(one.embedding(0)->table().value() == other.embedding(0)->table().value());
  EXPECT_TRUE(one.linearLayers()[0].weights().value() == same.linearLayers()[0].weights().value());
}

}  // namespace
}  // namespace embedscope::training
