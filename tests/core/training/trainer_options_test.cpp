// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"
#include "tests/core/training/small_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace embedscope::training {
namespace {

using tests::regressionData;
using tests::shared;
using tests::smallRecipe;

Trainer trained(const TrainingRecipe& recipe, std::int64_t rows = 103) {
  Trainer trainer(shared(regressionData(rows)), recipe);
  EXPECT_EQ(trainer.runUntil(trainer.totalSteps()), RunState::Completed) << trainer.divergence();
  return trainer;
}

TEST(TrainerOptions, MaxNormHoldsForAllRowsThatWereLookedUp) {
  TrainingRecipe recipe = smallRecipe();
  recipe.features[0].maxNorm = 0.5;
  recipe.optimizer.learningRate = 0.001;
  const Trainer trainer = trained(recipe);
  // Every category is among the validation rows, before which rows are shortened a last time.
  EXPECT_LE(trainer.tableValues(0).rowwise().norm().maxCoeff(), 0.5F + 1e-5F);
  EXPECT_GT(trainer.tableValues(1).rowwise().norm().maxCoeff(), 0.5F);
}

TEST(TrainerOptions, MaxNormShortensFrozenTablesToo) {
  TrainingRecipe recipe = smallRecipe();
  recipe.features[0].frozen = true;
  recipe.features[0].maxNorm = 0.5;
  const Trainer trainer = trained(recipe);
  EXPECT_LE(trainer.tableValues(0).rowwise().norm().maxCoeff(), 0.5F + 1e-5F);
  Trainer again(shared(regressionData(103)), recipe);
  again.restore(*trainer.checkpoint());
  EXPECT_EQ(again.tableValues(0), trainer.tableValues(0));
}

TEST(TrainerOptions, FrozenRowsAndThePaddingRowKeepTheirNumbers) {
  TrainingRecipe recipe = smallRecipe();
  recipe.features[0].frozenRows = {1};
  recipe.features[0].paddingRow = -1;
  const Trainer fresh(shared(regressionData(103)), recipe);
  const Trainer trainer = trained(recipe);
  EXPECT_EQ(trainer.tableValues(0).row(1), fresh.tableValues(0).row(1));
  EXPECT_EQ(trainer.tableValues(0).row(4), fresh.tableValues(0).row(4));
  EXPECT_NE(trainer.tableValues(0).row(0), fresh.tableValues(0).row(0));
}

TEST(TrainerOptions, AClippedStepIsNoLongerThanItsRate) {
  TrainingRecipe recipe = smallRecipe();
  recipe.optimizer.kind = OptimizerKind::Sgd;
  recipe.optimizer.learningRate = 1;
  recipe.optimizer.clipNorm = 0.01;
  Trainer trainer(shared(regressionData(103)), recipe);
  const base::RowMatrix start = trainer.tableValues(0);
  trainer.runUntil(1);
  const float moved = (trainer.tableValues(0) - start).norm();
  EXPECT_GT(moved, 0);
  EXPECT_LE(moved, 0.01F + 1e-6F);
}

TEST(TrainerOptions, ARisingScheduleMovesLittleAtFirst) {
  TrainingRecipe recipe = smallRecipe();
  recipe.optimizer.kind = OptimizerKind::Sgd;
  Trainer constant(shared(regressionData(103)), recipe);
  recipe.optimizer.schedule = Schedule::OneCycle;
  Trainer rising(shared(regressionData(103)), recipe);
  const base::RowMatrix start = constant.tableValues(0);
  constant.runUntil(1);
  rising.runUntil(1);
  const float ratio =
      (rising.tableValues(0) - start).norm() / (constant.tableValues(0) - start).norm();
  EXPECT_NEAR(ratio, 1 / 25.0, 1e-3);
}

TEST(TrainerOptions, FrozenIdentityIsOneHotToTheLastBit) {
  for (const bool dense : {false, true}) {
    TrainingRecipe recipe = smallRecipe();
    recipe.features[0].approach = Approach::OneHot;
    recipe.features[0].denseOneHot = dense;
    const Trainer oneHot = trained(recipe, 500);
    recipe.features[0].approach = Approach::Identity;
    recipe.features[0].frozen = true;
    const Trainer identity = trained(recipe, 500);
    ASSERT_EQ(oneHot.epochs().size(), identity.epochs().size());
    for (std::size_t i = 0; i < oneHot.epochs().size(); ++i) {
      EXPECT_EQ(oneHot.epochs()[i].trainLoss, identity.epochs()[i].trainLoss);
      EXPECT_EQ(oneHot.epochs()[i].validationLoss, identity.epochs()[i].validationLoss);
    }
    for (std::size_t i = 0; i < oneHot.steps().size(); ++i) {
      EXPECT_EQ(oneHot.steps()[i].loss, identity.steps()[i].loss);
    }
  }
}

TEST(TrainerOptions, CautionsNameDataAndNumbers) {
  data::Dataset dataset = regressionData(103);
  dataset.categorical[0].vocabulary.append("a 5");
  dataset.categorical[0].counts.push_back(0);
  TrainingRecipe recipe = smallRecipe();
  recipe.optimizer.kind = OptimizerKind::Sgd;
  recipe.optimizer.learningRate = 1e-30;  // nothing moves in float
  Trainer trainer(shared(std::move(dataset)), recipe);
  const auto kinds = [&] {
    std::vector<Caution::Kind> found;
    for (const Caution& caution : trainer.cautions()) {
      found.push_back(caution.kind);
    }
    return found;
  };
  EXPECT_THAT(kinds(), testing::Contains(Caution::Kind::NoTrainingRow));
  EXPECT_THAT(kinds(), testing::Not(testing::Contains(Caution::Kind::DeadRows)));
  trainer.runUntil(trainer.totalSteps());
  EXPECT_THAT(kinds(), testing::Contains(Caution::Kind::DeadRows));
}

}  // namespace
}  // namespace embedscope::training
