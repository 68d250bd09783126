// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dropout.h"

#include "core/training/trainer.h"
#include "tests/core/training/small_data.h"

#include <gtest/gtest.h>

#include <cmath>

namespace embedscope::training {
namespace {

Matrix<double> masked(const Dropout& dropout, std::size_t layer, Eigen::Index rows = 50,
                      Eigen::Index columns = 7) {
  Matrix<double> values = Matrix<double>::Constant(rows, columns, 3);
  applyDropout<double>(dropout, layer, values);
  return values;
}

TEST(Dropout, LeavesOutItsShareAndEnlargesTheRest) {
  constexpr Eigen::Index kRows = 2000;
  constexpr Eigen::Index kColumns = 50;
  for (const double share : {0.125, 0.5, 0.875}) {
    const Dropout dropout{share, 9, 4};
    EXPECT_EQ(dropout.scale(), 1 / (1 - share));
    const Matrix<double> values = masked(dropout, 0, kRows, kColumns);
    double zeros = 0;
    for (const double value : values.reshaped()) {
      EXPECT_TRUE(value == 0 || value == 3 / (1 - share));
      zeros += value == 0 ? 1 : 0;
    }
    const double count = kRows * kColumns;  // five standard errors of a binomial share
    EXPECT_NEAR(zeros / count, share, 5 * std::sqrt(share * (1 - share) / count));
  }
}

TEST(Dropout, IsIndependentFromUnitToUnit) {
  const Matrix<double> values = masked({0.5, 1, 0}, 0, 4000, 8);
  const auto open = (values.array() > 0).cast<double>().eval();
  for (Eigen::Index j = 1; j < 8; ++j) {
    const double both = (open.col(j) * open.col(j - 1)).mean();
    EXPECT_NEAR(both, 0.25, 5 * std::sqrt(0.25 * 0.75 / 4000)) << j;
  }
}

TEST(Dropout, SeedStepAndLayerDecide) {
  const Matrix<double> here = masked({0.5, 1, 2}, 1);
  EXPECT_EQ(here, masked({0.5, 1, 2}, 1));
  EXPECT_NE(here, masked({0.5, 2, 2}, 1));
  EXPECT_NE(here, masked({0.5, 1, 3}, 1));
  EXPECT_NE(here, masked({0.5, 1, 2}, 0));
}

TEST(Dropout, FirstRowsDoNotDependOnTheSizeOfTheBatch) {
  EXPECT_EQ(masked({0.3, 1, 2}, 0, 20), masked({0.3, 1, 2}, 0, 50).topRows(20));
}

TEST(Dropout, KeepsOneUnitInManyAtMost) {
  EXPECT_EQ((Dropout{1 - 1e-12, 1, 0}).scale(), 65536);
  EXPECT_EQ(Dropout{}.scale(), 1);
}

TrainingRecipe recipeWith(double share) {
  TrainingRecipe recipe = tests::smallRecipe();
  recipe.hidden = {8, 6};
  recipe.dropout = share;
  return recipe;
}

TEST(Dropout, ChangesTrainingButNotWhatIsJudged) {
  Trainer without(tests::shared(tests::regressionData(100)), recipeWith(0));
  Trainer with(tests::shared(tests::regressionData(100)), recipeWith(0.5));
  without.runUntil(1);
  with.runUntil(1);
  EXPECT_NE(without.steps()[0].loss, with.steps()[0].loss);

  // With a step too small to move a number, both models are the same model when they are judged.
  TrainingRecipe still = recipeWith(0.5);
  still.optimizer = {};
  still.optimizer.kind = OptimizerKind::Sgd;
  still.optimizer.learningRate = 1e-30;
  still.epochs = 1;
  Trainer judged(tests::shared(tests::regressionData(100)), still);
  judged.runUntil(judged.totalSteps());
  still.dropout = 0;
  Trainer plain(tests::shared(tests::regressionData(100)), still);
  plain.runUntil(plain.totalSteps());
  EXPECT_EQ(judged.epochs()[0].validationLoss, plain.epochs()[0].validationLoss);
  EXPECT_NE(judged.epochs()[0].trainLoss, plain.epochs()[0].trainLoss);
}

TEST(Dropout, AnInterruptedRunHasTheSameBits) {
  Trainer whole(tests::shared(tests::regressionData(100)), recipeWith(0.4));
  Trainer parts(tests::shared(tests::regressionData(100)), recipeWith(0.4));
  whole.runUntil(17);
  for (const std::int64_t step : {1, 2, 9, 17}) {
    parts.runUntil(step);
  }
  EXPECT_EQ(whole.tableValues(0), parts.tableValues(0));
  EXPECT_EQ(whole.steps().back().loss, parts.steps().back().loss);
}

}  // namespace
}  // namespace embedscope::training
