// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/training/trainer.h"
#include "tests/core/training/small_data.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace embedscope::training {
namespace {

using tests::regressionData;
using tests::shared;
using tests::smallRecipe;

void expectSameNumbers(const Trainer& a, const Trainer& b) {
  for (std::size_t f = 0; f < a.recipe().features.size(); ++f) {
    EXPECT_EQ(a.tableValues(f), b.tableValues(f)) << "feature " << f;
  }
  ASSERT_EQ(a.epochs().size(), b.epochs().size());
  for (std::size_t i = 0; i < a.epochs().size(); ++i) {
    EXPECT_EQ(a.epochs()[i].trainLoss, b.epochs()[i].trainLoss) << i;
    EXPECT_EQ(a.epochs()[i].validationLoss, b.epochs()[i].validationLoss) << i;
    EXPECT_EQ(a.epochs()[i].validationMetric, b.epochs()[i].validationMetric) << i;
  }
  EXPECT_EQ(a.step(), b.step());
  EXPECT_EQ(a.state(), b.state());
  EXPECT_EQ(a.bestEpoch(), b.bestEpoch());
}

std::vector<TrainingRecipe> recipesOfEveryKind() {
  std::vector<TrainingRecipe> recipes;
  for (const OptimizerKind kind : {OptimizerKind::Sgd, OptimizerKind::Adagrad, OptimizerKind::Adam,
                                   OptimizerKind::AdamW, OptimizerKind::SparseAdam}) {
    TrainingRecipe recipe = smallRecipe();
    recipe.optimizer.kind = kind;
    recipe.optimizer.momentum = kind == OptimizerKind::Sgd ? 0.9 : 0;
    recipe.optimizer.schedule = Schedule::OneCycle;
    recipe.features[1].approach = Approach::OneHot;
    recipes.push_back(recipe);
  }
  return recipes;
}

TEST(Checkpoint, ARunGoesOnFromItWithTheSameBits) {
  const data::DatasetPtr data = shared(regressionData(103));
  for (const TrainingRecipe& recipe : recipesOfEveryKind()) {
    for (const std::int64_t at : {0, 1, 5, 6, 7, 12}) {  // an epoch has 6 steps
      Trainer whole(data, recipe);
      whole.runUntil(at);
      const CheckpointPtr checkpoint = whole.checkpoint();
      whole.runUntil(whole.totalSteps());
      Trainer fresh(data, recipe);
      fresh.restore(*checkpoint);
      EXPECT_EQ(fresh.step(), at);
      fresh.runUntil(fresh.totalSteps());
      expectSameNumbers(whole, fresh);
    }
  }
}

TEST(Checkpoint, ARunGoesBackToItAndOnAgain) {
  const data::DatasetPtr data = shared(regressionData(103));
  for (const TrainingRecipe& recipe : recipesOfEveryKind()) {
    Trainer straight(data, recipe);
    straight.runUntil(straight.totalSteps());
    Trainer trainer(data, recipe);
    trainer.runUntil(8);
    const CheckpointPtr checkpoint = trainer.checkpoint();
    trainer.runUntil(trainer.totalSteps());
    trainer.restore(*checkpoint);
    EXPECT_EQ(trainer.state(), RunState::Ready);
    EXPECT_EQ(trainer.steps().size(), 8U);
    trainer.runUntil(trainer.totalSteps());
    expectSameNumbers(straight, trainer);
    EXPECT_EQ(trainer.steps().size(), straight.steps().size());
  }
}

TEST(Checkpoint, AnEndedRunCanGoOnForMoreEpochs) {
  const data::DatasetPtr data = shared(regressionData(103));
  TrainingRecipe recipe = smallRecipe();
  Trainer trainer(data, recipe);
  trainer.runUntil(trainer.totalSteps());
  const CheckpointPtr checkpoint = trainer.checkpoint();
  recipe.epochs = 9;
  Trainer longer(data, recipe);
  longer.restore(*checkpoint);
  EXPECT_EQ(longer.state(), RunState::Ready);
  longer.runUntil(longer.totalSteps());
  Trainer whole(data, recipe);
  whole.runUntil(whole.totalSteps());
  expectSameNumbers(whole, longer);
}

TEST(Checkpoint, RefusesAnotherModel) {
  const data::DatasetPtr data = shared(regressionData(103));
  TrainingRecipe recipe = smallRecipe();
  const Trainer trainer(data, recipe);
  const CheckpointPtr checkpoint = trainer.checkpoint();
  recipe.features[0].dimension = 4;
  Trainer wider(data, recipe);
  const base::RowMatrix before = wider.tableValues(0);
  EXPECT_THROW(wider.restore(*checkpoint), base::Error);
  EXPECT_EQ(wider.tableValues(0), before);
  recipe = smallRecipe();
  recipe.features[0].approach = Approach::OneHot;
  Trainer oneHot(data, recipe);
  EXPECT_THROW(oneHot.restore(*checkpoint), base::Error);
  recipe = smallRecipe();
  recipe.optimizer.kind = OptimizerKind::Sgd;
  Trainer sgd(data, recipe);
  EXPECT_THROW(sgd.restore(*checkpoint), base::Error);
}

TEST(Checkpoint, TellsItsSize) {
  TrainingRecipe recipe = smallRecipe();
  recipe.optimizer.kind = OptimizerKind::Adam;
  const Trainer trainer(shared(regressionData(103)), recipe);
  // Values, means and squares of every number.
  EXPECT_EQ(trainer.checkpointBytes(), trainer.parameterCount() * 4 * 3);
}

/// Learns quickly and then only memorizes noise.
data::DatasetPtr noisyData() {
  data::Dataset dataset = regressionData(60);
  for (std::size_t i = 0; i < dataset.target.values.size(); ++i) {
    dataset.target.values[i] += 30 * std::sin(static_cast<double>(i * i));
  }
  return shared(std::move(dataset));
}

TrainingRecipe stoppingRecipe() {
  TrainingRecipe recipe = smallRecipe();
  recipe.epochs = 400;
  recipe.patience = 5;
  recipe.hidden = {32};
  recipe.validationShare = 0.4;
  return recipe;
}

TEST(EarlyStopping, EndsAfterSoManyEpochsAndGoesBackToTheBest) {
  Trainer trainer(noisyData(), stoppingRecipe());
  ASSERT_EQ(trainer.runUntil(trainer.totalSteps()), RunState::Completed);
  const auto& epochs = trainer.epochs();
  ASSERT_LT(epochs.size(), 400U);
  const auto best = std::ranges::min_element(epochs, {}, &EpochRecord::validationLoss);
  EXPECT_EQ(trainer.bestEpoch(), best->epoch);
  EXPECT_EQ(static_cast<std::int64_t>(epochs.size()), best->epoch + 5);

  // The numbers are those of a run that ended with the best epoch.
  TrainingRecipe recipe = stoppingRecipe();
  recipe.patience = 0;
  Trainer plain(noisyData(), recipe);
  plain.runUntil(trainer.bestEpoch() * plain.stepsPerEpoch());
  EXPECT_EQ(trainer.tableValues(0), plain.tableValues(0));
  EXPECT_EQ(trainer.checkpoint()->step, plain.step());
}

TEST(EarlyStopping, WithoutItTheLastEpochCounts) {
  Trainer trainer(shared(regressionData(103)), smallRecipe());
  EXPECT_EQ(trainer.bestEpoch(), 0);
  trainer.runUntil(trainer.totalSteps());
  EXPECT_EQ(trainer.bestEpoch(), 5);
}

TEST(EarlyStopping, ACheckpointRemembersTheBestSoFar) {
  Trainer whole(noisyData(), stoppingRecipe());
  whole.runUntil(whole.totalSteps());
  const std::int64_t stop = (whole.bestEpoch() + 2) * whole.stepsPerEpoch() + 1;
  Trainer before(noisyData(), stoppingRecipe());
  before.runUntil(stop);
  Trainer after(noisyData(), stoppingRecipe());
  after.restore(*before.checkpoint());
  after.runUntil(after.totalSteps());
  expectSameNumbers(whole, after);
}

}  // namespace
}  // namespace embedscope::training
