// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/core/training/small_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <thread>

namespace embedscope::training {
namespace {

using tests::classificationData;
using tests::regressionData;
using tests::shared;
using tests::smallRecipe;

/// Every number a run has produced, times aside.
std::vector<double> fingerprint(const Trainer& trainer) {
  std::vector<double> numbers;
  for (std::size_t f = 0; f < trainer.recipe().features.size(); ++f) {
    const base::RowMatrix& values = trainer.tableValues(f);
    for (Eigen::Index i = 0; i < values.size(); ++i) {
      numbers.push_back(static_cast<double>(values.data()[i]));
    }
  }
  for (const StepRecord& step : trainer.steps()) {
    numbers.push_back(step.loss);
  }
  for (const EpochRecord& epoch : trainer.epochs()) {
    numbers.insert(numbers.end(), {static_cast<double>(epoch.epoch), epoch.trainLoss,
                                   epoch.validationLoss, epoch.validationMetric});
  }
  return numbers;
}

bool sameBits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

std::vector<double> runInPieces(const data::DatasetPtr& data, const TrainingRecipe& recipe,
                                const std::vector<std::int64_t>& targets) {
  Trainer trainer(data, recipe);
  for (const std::int64_t target : targets) {
    trainer.runUntil(target);
  }
  return fingerprint(trainer);
}

TEST(Trainer, PiecesOfARunMakeTheWhole) {
  const data::DatasetPtr data = shared(regressionData(103));
  for (const OptimizerKind kind :
       {OptimizerKind::Sgd, OptimizerKind::Adagrad, OptimizerKind::Adam}) {
    TrainingRecipe recipe = smallRecipe();
    recipe.optimizer.kind = kind;
    recipe.optimizer.momentum = kind == OptimizerKind::Sgd ? 0.9 : 0;
    const auto whole = runInPieces(data, recipe, {1000});
    EXPECT_TRUE(sameBits(whole, runInPieces(data, recipe, {1, 2, 5, 6, 7, 20, 1000})));
    recipe.seed = 8;
    EXPECT_FALSE(sameBits(whole, runInPieces(data, recipe, {1000})));
  }
}

TEST(Trainer, BitsDoNotDependOnTheNumberOfThreads) {
  const data::DatasetPtr data = shared(regressionData(20011));
  TrainingRecipe recipe = smallRecipe();
  recipe.validationShare = 0.7;
  recipe.epochs = 2;
  base::setThreadCount(1);
  const auto one = runInPieces(data, recipe, {1 << 20});
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_TRUE(sameBits(one, runInPieces(data, recipe, {1 << 20}))) << threads;
  }
  base::setThreadCount(0);
}

TEST(Trainer, LearnsTheTargetInItsOwnUnit) {
  TrainingRecipe recipe = smallRecipe();
  recipe.epochs = 200;
  Trainer trainer(shared(regressionData(500)), recipe);
  ASSERT_EQ(trainer.runUntil(trainer.totalSteps()), RunState::Completed);
  EXPECT_EQ(trainer.metricName(), "rmse");
  // The target is a function of the inputs and its standard deviation is about 17.
  EXPECT_LT(trainer.epochs().back().validationMetric, 1.0);
  EXPECT_LT(trainer.epochs().back().trainLoss, 0.01);
}

TEST(Trainer, LearnsClassesByTheirLabels) {
  TrainingRecipe recipe = smallRecipe();
  recipe.epochs = 100;
  recipe.hidden = {16};
  Trainer trainer(shared(classificationData(500)), recipe);
  trainer.runUntil(trainer.totalSteps());
  EXPECT_EQ(trainer.metricName(), "accuracy");
  EXPECT_DOUBLE_EQ(trainer.epochs().back().validationMetric, 1.0);
  EXPECT_LT(trainer.epochs().back().validationLoss, 0.1);
}

TEST(Trainer, CountsRowsStepsAndParameters) {
  const Trainer trainer(shared(regressionData(103)), smallRecipe());
  EXPECT_EQ(trainer.validationRowCount(), 21);  // 20.6, rounded
  EXPECT_EQ(trainer.trainRowCount(), 82);
  EXPECT_EQ(trainer.stepsPerEpoch(), 6);  // five batches of 16 and one of 2
  EXPECT_EQ(trainer.totalSteps(), 30);
  EXPECT_EQ(trainer.step(), 0);
  EXPECT_EQ(trainer.state(), RunState::Ready);
  // tables 5·3 + 3·2, hidden (3 + 2 + 1)·8 + 8, output 8 + 1
  EXPECT_EQ(trainer.parameterCount(), 15 + 6 + 56 + 9);
}

TEST(Trainer, RecordsEveryStepAndEpoch) {
  Trainer trainer(shared(regressionData(103)), smallRecipe());
  trainer.runUntil(13);
  EXPECT_EQ(trainer.step(), 13);
  ASSERT_EQ(trainer.steps().size(), 13U);
  EXPECT_EQ(trainer.steps().back().step, 13);
  ASSERT_EQ(trainer.epochs().size(), 2U);
  EXPECT_EQ(trainer.epochs().back().epoch, 2);
  double sum = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    sum += trainer.steps()[i].loss * (i < 5 ? 16 : 2);
  }
  EXPECT_NEAR(trainer.epochs().front().trainLoss, sum / 82, 1e-12);
  trainer.runUntil(5);  // already beyond
  EXPECT_EQ(trainer.step(), 13);
  EXPECT_EQ(trainer.runUntil(1000), RunState::Completed);
  EXPECT_EQ(trainer.step(), 30);
  EXPECT_EQ(trainer.runUntil(2000), RunState::Completed);
}

TEST(Trainer, RunsWithoutValidationRows) {
  TrainingRecipe recipe = smallRecipe();
  recipe.validationShare = 0;
  Trainer trainer(shared(regressionData(40)), recipe);
  EXPECT_EQ(trainer.trainRowCount(), 40);
  EXPECT_EQ(trainer.runUntil(1000), RunState::Completed);
  EXPECT_TRUE(std::isnan(trainer.epochs().back().validationLoss));
  EXPECT_TRUE(std::isnan(trainer.epochs().back().validationMetric));
  EXPECT_TRUE(std::isfinite(trainer.epochs().back().trainLoss));
}

TEST(Trainer, ASingleRowIsTrainedOn) {
  TrainingRecipe recipe = smallRecipe();
  recipe.validationShare = 0.9;
  Trainer trainer(shared(regressionData(1)), recipe);
  EXPECT_EQ(trainer.trainRowCount(), 1);
  EXPECT_EQ(trainer.runUntil(1000), RunState::Completed);
}

TEST(Trainer, ABatchMayBeLargerThanTheData) {
  TrainingRecipe recipe = smallRecipe();
  recipe.batchSize = 1'000'000'000'000;
  Trainer trainer(shared(regressionData(103)), recipe);
  EXPECT_EQ(trainer.stepsPerEpoch(), 1);
  EXPECT_EQ(trainer.runUntil(1000), RunState::Completed);
}

TEST(Trainer, StopsBeforeTheNextStep) {
  Trainer trainer(shared(regressionData(103)), smallRecipe());
  std::stop_source stop;
  trainer.runUntil(3, stop.get_token());
  stop.request_stop();
  EXPECT_EQ(trainer.runUntil(1000, stop.get_token()), RunState::Ready);
  EXPECT_EQ(trainer.step(), 3);
  EXPECT_EQ(trainer.runUntil(1000), RunState::Completed);
}

TEST(Trainer, StopsSoonWhenAnotherThreadAsks) {
  TrainingRecipe recipe = smallRecipe();
  recipe.epochs = std::int64_t{1} << 40U;
  Trainer trainer(shared(regressionData(103)), recipe);
  std::stop_source stop;
  const std::jthread asks([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    stop.request_stop();
  });
  EXPECT_EQ(trainer.runUntil(trainer.totalSteps(), stop.get_token()), RunState::Ready);
  EXPECT_EQ(static_cast<std::int64_t>(trainer.steps().size()), trainer.step());
}

TEST(Trainer, StoppingAnywhereAndGoingOnChangesNothing) {
  const data::DatasetPtr data = shared(regressionData(20'000));
  TrainingRecipe recipe = smallRecipe();
  recipe.validationShare = 0.9;  // most of the time goes into judging, so stops fall into it
  Trainer trainer(data, recipe);
  for (unsigned attempt = 0; trainer.state() == RunState::Ready; ++attempt) {
    std::stop_source stop;
    const std::jthread asks([&stop, attempt] {
      // From a microsecond to half a second: some stops come at once, some never matter.
      std::this_thread::sleep_for(std::chrono::microseconds(1U << (attempt % 20)));
      stop.request_stop();
    });
    trainer.runUntil(trainer.totalSteps(), stop.get_token());
  }
  EXPECT_EQ(static_cast<std::int64_t>(trainer.epochs().size()), recipe.epochs);
  EXPECT_TRUE(sameBits(fingerprint(trainer), runInPieces(data, recipe, {trainer.totalSteps()})));
}

TEST(Trainer, SaysWhenItDiverged) {
  TrainingRecipe recipe = smallRecipe();
  recipe.optimizer = {OptimizerKind::Sgd, 1e6, 0};
  Trainer trainer(shared(regressionData(103)), recipe);
  EXPECT_EQ(trainer.runUntil(1000), RunState::Diverged);
  EXPECT_EQ(trainer.state(), RunState::Diverged);
  EXPECT_THAT(trainer.divergence(), testing::HasSubstr("learning rate"));
  EXPECT_THAT(trainer.divergence(),
              testing::HasSubstr("step " + std::to_string(trainer.step() + 1)));
  const std::int64_t step = trainer.step();
  EXPECT_EQ(trainer.runUntil(1000), RunState::Diverged);
  EXPECT_EQ(trainer.step(), step);
}

TEST(Trainer, AFrozenTableDoesNotMoveAndALearnedOneDoes) {
  TrainingRecipe recipe = smallRecipe();
  recipe.features[0].frozen = true;
  Trainer trainer(shared(regressionData(103)), recipe);
  EXPECT_EQ(trainer.parameterCount(), 6 + 56 + 9);
  const base::RowMatrix frozen = trainer.tableValues(0);
  const base::RowMatrix learned = trainer.tableValues(1);
  trainer.runUntil(1000);
  EXPECT_TRUE(frozen == trainer.tableValues(0));
  EXPECT_FALSE(learned == trainer.tableValues(1));
}

TEST(Trainer, AFrozenIdentityIsTheOneHot) {
  TrainingRecipe recipe = smallRecipe();
  for (FeatureRecipe& feature : recipe.features) {
    feature.approach = Approach::OneHot;
  }
  const data::DatasetPtr data = shared(regressionData(103));
  Trainer oneHot(data, recipe);
  for (FeatureRecipe& feature : recipe.features) {
    feature.approach = Approach::Identity;
    feature.frozen = true;
  }
  Trainer identity(data, recipe);
  EXPECT_EQ(oneHot.parameterCount(), (5 + 3 + 1) * 8 + 8 + 9);
  EXPECT_EQ(identity.parameterCount(), oneHot.parameterCount());
  oneHot.runUntil(1000);
  identity.runUntil(1000);
  EXPECT_TRUE(sameBits(fingerprint(oneHot), fingerprint(identity)));
  EXPECT_TRUE(oneHot.tableValues(0) == base::RowMatrix::Identity(5, 5));
}

TEST(Trainer, ALearnedIdentityStartsAsOne) {
  TrainingRecipe recipe = smallRecipe();
  recipe.features[0].approach = Approach::Identity;
  recipe.features[1].initialization = Initialization::Identity;  // 3 × 2
  Trainer trainer(shared(regressionData(103)), recipe);
  EXPECT_TRUE(trainer.tableValues(0) == base::RowMatrix::Identity(5, 5));
  EXPECT_TRUE(trainer.tableValues(1) == base::RowMatrix::Identity(3, 2));
  trainer.runUntil(1000);
  EXPECT_FALSE(trainer.tableValues(0) == base::RowMatrix::Identity(5, 5));
}

TEST(Trainer, StartsFromAPretrainedTableByLabel) {
  base::RowMatrix values(2, 4);
  values << 1, 2, 3, 4, 5, 6, 7, 8;
  TrainingRecipe recipe = smallRecipe();
  recipe.features[1].approach = Approach::Pretrained;
  recipe.features[1].pretrained = std::make_shared<const table::EmbeddingTable>(
      "other", table::Vocabulary{"b 2", "b 0"}, values);
  const Trainer trainer(shared(regressionData(103)), recipe);
  const base::RowMatrix& table = trainer.tableValues(1);
  ASSERT_EQ(table.cols(), 4);
  EXPECT_TRUE(table.row(0) == values.row(1));
  EXPECT_TRUE(table.row(2) == values.row(0));
  EXPECT_GT(table.row(1).norm(), 0.0F);  // not in the other table: N(0, 1)
}

TEST(Trainer, GivesItsTablesWithLabels) {
  Trainer trainer(shared(regressionData(103)), smallRecipe());
  trainer.runUntil(4);
  const table::TablePtr table = trainer.table(0);
  EXPECT_EQ(table->name(), "a");
  EXPECT_EQ(table->vocabulary().label(3), "a 3");
  EXPECT_TRUE(table->values() == trainer.tableValues(0));
  trainer.runUntil(8);
  EXPECT_FALSE(table->values() == trainer.tableValues(0));
}

TEST(Trainer, ModelsWithoutHiddenLayersAreLinear) {
  TrainingRecipe recipe = smallRecipe();
  recipe.hidden.clear();
  recipe.epochs = 300;
  for (const Approach approach : {Approach::OneHot, Approach::Random}) {
    recipe.features[0].approach = approach;
    recipe.features[1].approach = approach;
    Trainer trainer(shared(regressionData(300)), recipe);
    ASSERT_EQ(trainer.runUntil(trainer.totalSteps()), RunState::Completed);
    // The target is linear in the one-hots and the number, so nothing of it is left over.
    EXPECT_LT(trainer.epochs().back().validationMetric, 0.1) << approachName(approach);
  }
}

TEST(Trainer, ConstantColumnsAndOneCategoryDoNoHarm) {
  data::Dataset data = regressionData(60);
  data.categorical[1] = tests::cyclicColumn("b", 1, 60);
  data.numeric.setConstant(0.1);
  data.target.values.assign(60, 3.3);
  Trainer trainer(shared(std::move(data)), smallRecipe());
  EXPECT_EQ(trainer.runUntil(1000), RunState::Completed);
  EXPECT_TRUE(std::isfinite(trainer.epochs().back().validationMetric));
}

TEST(Trainer, NumbersAloneAreEnough) {
  data::Dataset data = regressionData(60);
  data.categorical.clear();
  TrainingRecipe recipe = smallRecipe();
  recipe.features.clear();
  Trainer trainer(shared(std::move(data)), recipe);
  EXPECT_EQ(trainer.runUntil(1000), RunState::Completed);
}

}  // namespace
}  // namespace embedscope::training
