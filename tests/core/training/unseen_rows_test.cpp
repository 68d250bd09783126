// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"
#include "tests/core/training/small_data.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace embedscope::training {
namespace {

using tests::regressionData;
using tests::shared;
using tests::smallRecipe;

/// The data of the other tests, with a sixth category of "a" that no row has.
data::DatasetPtr withUnseenCategory() {
  data::Dataset dataset = regressionData(103);
  dataset.categorical[0].vocabulary.append("a 5");
  dataset.categorical[0].counts.push_back(0);
  return shared(std::move(dataset));
}

Eigen::RowVectorXf meanOfKnown(const base::RowMatrix& values) {
  return (values.topRows(5).cast<double>().colwise().sum() / 5).cast<float>();
}

TEST(UnseenRows, KeepTheirOwnNumbersByDefault) {
  Trainer trainer(withUnseenCategory(), smallRecipe());
  const Eigen::RowVectorXf start = trainer.tableValues(0).row(5);
  trainer.runUntil(trainer.totalSteps());
  EXPECT_EQ(Eigen::RowVectorXf(trainer.tableValues(0).row(5)), start);
}

TEST(UnseenRows, TakeTheMeanOfKnownOnes) {
  TrainingRecipe recipe = smallRecipe();
  recipe.features[0].unseen = UnseenRule::MeanOfKnown;
  Trainer trainer(withUnseenCategory(), recipe);
  for (const std::int64_t step : {std::int64_t{0}, std::int64_t{3}, trainer.totalSteps()}) {
    trainer.runUntil(step);
    const base::RowMatrix& values = trainer.tableValues(0);
    EXPECT_EQ(Eigen::RowVectorXf(values.row(5)), meanOfKnown(values)) << step;
  }
}

TEST(UnseenRows, LeaveTheKnownOnesAlone) {
  TrainingRecipe recipe = smallRecipe();
  recipe.optimizer.kind = OptimizerKind::Adam;
  Trainer plain(withUnseenCategory(), recipe);
  plain.runUntil(plain.totalSteps());
  recipe.features[0].unseen = UnseenRule::MeanOfKnown;
  Trainer filled(withUnseenCategory(), recipe);
  filled.runUntil(filled.totalSteps());
  EXPECT_EQ(plain.tableValues(0).topRows(5), filled.tableValues(0).topRows(5));
}

TEST(UnseenRows, FrozenRowsAndThePaddingRowStay) {
  TrainingRecipe recipe = smallRecipe();
  recipe.features[0].unseen = UnseenRule::MeanOfKnown;
  recipe.features[0].frozenRows = {5};
  Trainer trainer(withUnseenCategory(), recipe);
  const Eigen::RowVectorXf start = trainer.tableValues(0).row(5);
  trainer.runUntil(trainer.totalSteps());
  EXPECT_EQ(Eigen::RowVectorXf(trainer.tableValues(0).row(5)), start);
}

}  // namespace
}  // namespace embedscope::training
