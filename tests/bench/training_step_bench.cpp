// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include <benchmark/benchmark.h>

#include <memory>

namespace embedscope::training {
namespace {

/// Data of the shape of the diamonds table: 5, 7 and 8 categories, six numbers, 53,940 rows.
data::DatasetPtr diamondsLike(std::int64_t extraCategories) {
  auto dataset = std::make_shared<data::Dataset>();
  dataset->rows = 53940;
  std::vector<std::int64_t> sizes = {5, 7, 8};
  if (extraCategories > 0) {
    sizes.push_back(extraCategories);
  }
  for (const std::int64_t size : sizes) {
    data::CategoricalColumn column;
    column.name = "feature " + std::to_string(dataset->categorical.size());
    for (std::int64_t i = 0; i < size; ++i) {
      column.vocabulary.append(std::to_string(i));
    }
    for (std::int64_t row = 0; row < dataset->rows; ++row) {
      column.codes.push_back(static_cast<std::int32_t>((row * 7919 + 13) % 104729 % size));
    }
    dataset->categorical.push_back(std::move(column));
  }
  dataset->numeric.resize(dataset->rows, 6);
  for (std::int64_t row = 0; row < dataset->rows; ++row) {
    for (Eigen::Index column = 0; column < 6; ++column) {
      dataset->numeric(row, column) = static_cast<double>((row * (column + 3)) % 101);
    }
    dataset->target.values.push_back(dataset->numeric(row, 0) - dataset->numeric(row, 1));
  }
  dataset->numericNames = {"carat", "depth", "table", "x", "y", "z"};
  dataset->target.name = "price";
  return dataset;
}

TrainingRecipe diamondsRecipe(const data::Dataset& dataset, std::int64_t batch, Approach approach) {
  TrainingRecipe recipe;
  for (const data::CategoricalColumn& column : dataset.categorical) {
    FeatureRecipe feature;
    feature.name = column.name;
    feature.dimension = 4;
    feature.approach = approach;
    recipe.features.push_back(feature);
  }
  recipe.hidden = {64, 64};
  recipe.batchSize = batch;
  recipe.epochs = 1 << 20;
  return recipe;
}

/// One optimizer step of the diamonds model. Arguments: batch, approach, optimizer, categories of
/// a fourth feature (0: none).
void trainingStep(benchmark::State& state) {
  const data::DatasetPtr dataset = diamondsLike(state.range(3));
  TrainingRecipe recipe =
      diamondsRecipe(*dataset, state.range(0), static_cast<Approach>(state.range(1)));
  recipe.optimizer.kind = static_cast<OptimizerKind>(state.range(2));
  recipe.validationShare = 0;
  Trainer trainer(dataset, recipe);
  for (auto _ : state) {
    trainer.runUntil(trainer.step() + 1);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

constexpr auto kRandom = static_cast<std::int64_t>(Approach::Random);
constexpr auto kOneHot = static_cast<std::int64_t>(Approach::OneHot);
constexpr auto kAdam = static_cast<std::int64_t>(OptimizerKind::Adam);
constexpr auto kSgd = static_cast<std::int64_t>(OptimizerKind::Sgd);

BENCHMARK(trainingStep)
    ->ArgNames({"batch", "approach", "optimizer", "categories"})
    ->Args({256, kRandom, kAdam, 0})
    ->Args({1024, kRandom, kAdam, 0})
    ->Args({1024, kRandom, kSgd, 0})
    ->Args({1024, kOneHot, kAdam, 0})
    ->Args({1024, kRandom, kAdam, 10000})
    ->Args({1024, kRandom, kSgd, 10000})
    ->Args({1024, kOneHot, kSgd, 10000})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace embedscope::training
