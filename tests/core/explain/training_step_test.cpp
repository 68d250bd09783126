// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/training_step.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/core/explain/row_tables.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace embedscope::explain {
namespace {

using base::RowMatrix;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using training::OptimizerKind;

/// Three rows, a head of ones, row 1 with an error of 1.
TrainingStepSetup smallSetup(OptimizerKind kind = OptimizerKind::Sgd) {
  TrainingStepSetup setup;
  setup.table = tableOf(threeRows());
  setup.batch = {1};
  setup.targets = {6};
  setup.headWeights = {1, 1};
  setup.optimizer.kind = kind;
  setup.optimizer.learningRate = 0.5;
  return setup;
}

std::vector<RowFate> fates(const TrainingStep& step) {
  std::vector<RowFate> all;
  for (Eigen::Index row = 0; row < step.rowCount(); ++row) {
    all.push_back(step.fate(row));
    EXPECT_EQ(step.change(row).fate, all.back());
  }
  return all;
}

TEST(TrainingStep, OneExampleByHand) {
  const TrainingStep step(smallSetup());
  EXPECT_EQ(step.lookups(), (RowMatrix{{3, 4}}));
  EXPECT_THAT(step.outputs(), ElementsAre(7));
  EXPECT_THAT(step.errors(), ElementsAre(1));
  EXPECT_EQ(step.loss(), 1);
  EXPECT_THAT(step.outputGradients(), ElementsAre(2));
  EXPECT_EQ(step.lookupGradients(), (RowMatrix{{2, 2}}));
  EXPECT_EQ(step.denseGradient(), (RowMatrix{{0, 0}, {2, 2}, {0, 0}}));
  EXPECT_EQ(step.start(), threeRows());
  EXPECT_EQ(step.before(), threeRows());
  EXPECT_EQ(step.after(), (RowMatrix{{1, 2}, {2, 3}, {5, 6}}));
  EXPECT_THAT(step.changedRows(), ElementsAre(1));
  EXPECT_THAT(fates(step), ElementsAre(RowFate::Untouched, RowFate::Learned, RowFate::Untouched));
  const RowChange change = step.change(1);
  EXPECT_FALSE(change.shortened);
  EXPECT_THAT(change.before, ElementsAre(3, 4));
  EXPECT_THAT(change.afterNorm, ElementsAre(3, 4));
  EXPECT_THAT(change.after, ElementsAre(2, 3));
  EXPECT_THAT(change.difference, ElementsAre(-1, -1));
}

TEST(TrainingStep, HeadByHand) {
  const HeadChange head = TrainingStep(smallSetup()).head();
  EXPECT_THAT(head.weightsBefore, ElementsAre(1, 1));
  EXPECT_THAT(head.weightGradient, ElementsAre(6, 8));
  EXPECT_THAT(head.weightsAfter, ElementsAre(-2, -3));
  EXPECT_EQ(head.biasBefore, 0);
  EXPECT_EQ(head.biasGradient, 2);
  EXPECT_EQ(head.biasAfter, -1);
}

TEST(TrainingStep, RowsThatRepeatAddUp) {
  TrainingStepSetup setup = smallSetup();
  setup.batch = {2, 1, 1};
  setup.targets = {11, 5.5, 4};
  const TrainingStep step(setup);  // errors 0, 1.5, 3
  EXPECT_THAT(step.outputGradients(), ElementsAre(0, 1, 2));
  ASSERT_EQ(step.gradient().size(), 2U);
  const RowGradient& entry = step.gradient()[0];
  EXPECT_EQ(entry.row, 1);
  EXPECT_EQ(entry.frequency(), 2);
  EXPECT_THAT(entry.examples, ElementsAre(1, 2));
  EXPECT_EQ(entry.contributions, (RowMatrix{{1, 1}, {2, 2}}));
  EXPECT_THAT(entry.gradient, ElementsAre(3, 3));
  EXPECT_EQ(step.gradientOf(1), &entry);
  EXPECT_EQ(step.gradientOf(0), nullptr);
  ASSERT_NE(step.gradientOf(2), nullptr);  // an error of zero is a gradient of zeros
  EXPECT_THAT(step.gradientOf(2)->gradient, ElementsAre(0, 0));
  EXPECT_EQ(step.fate(2), RowFate::Learned);
  EXPECT_THAT(step.changedRows(), ElementsAre(1));
}

TEST(TrainingStep, TheOuterProductIsTheGradientWithoutOptions) {
  TrainingStepSetup setup = smallSetup();
  setup.batch = {2, 1, 1};
  setup.targets = {10, 5.5, 4};
  const TrainingStep step(setup);
  EXPECT_EQ(step.outerProduct(), step.denseGradient());
  EXPECT_EQ(step.outerProductDifference(), 0);
}

TEST(TrainingStep, TheOuterProductKnowsNothingOfFrequencyPaddingAndFreezing) {
  TrainingStepSetup setup = smallSetup();
  setup.batch = {1, 1};
  setup.targets = {6, 5};  // the product holds 3 in row 1
  setup.lookup.scaleGradientByFrequency = true;
  const TrainingStep scaled(setup);
  EXPECT_THAT(scaled.gradientOf(1)->gradient, ElementsAre(1.5F, 1.5F));
  EXPECT_EQ(scaled.gradientOf(1)->contributions, (RowMatrix{{0.5F, 0.5F}, {1, 1}}));
  EXPECT_EQ(scaled.outerProduct(), (RowMatrix{{0, 0}, {3, 3}, {0, 0}}));
  EXPECT_EQ(scaled.outerProductDifference(), 1.5);

  setup.lookup = {};
  setup.lookup.paddingRow = -2;
  const TrainingStep padded(setup);
  EXPECT_THAT(padded.gradient(), IsEmpty());
  EXPECT_EQ(padded.outerProductDifference(), 3);

  setup.lookup = {};
  setup.frozen = true;
  const TrainingStep frozen(setup);
  EXPECT_THAT(frozen.gradient(), IsEmpty());
  EXPECT_EQ(frozen.lookupGradients(), (RowMatrix{{1, 1}, {2, 2}}));
  EXPECT_EQ(frozen.outerProductDifference(), 3);
}

TEST(TrainingStep, TheOuterProductIsTheSameInBlocks) {
  base::RandomStream random(1, 1);
  TrainingStepSetup setup = smallSetup();
  setup.table = tests::randomTable(5000, 3);
  setup.headWeights = {0.5F, -1, 2};
  setup.batch.clear();
  setup.targets.clear();
  for (int i = 0; i < 500; ++i) {  // blocks of 2097 rows
    setup.batch.push_back(static_cast<std::int32_t>(random.below(5000)));
    setup.targets.push_back(static_cast<float>(random.normal()));
  }
  setup.batch.front() = 0;
  setup.batch.back() = 4999;
  const TrainingStep step(setup);
  const RowMatrix difference = step.outerProduct() - step.denseGradient();
  EXPECT_LE(difference.cwiseAbs().maxCoeff(), 1e-6F * step.denseGradient().cwiseAbs().maxCoeff());
  EXPECT_EQ(step.outerProductDifference(), static_cast<double>(difference.cwiseAbs().maxCoeff()));
}

TEST(TrainingStep, AdamCarriesRowsOfEarlierStepsAndSparseAdamLeavesThem) {
  TrainingStepSetup setup = smallSetup(OptimizerKind::Adam);
  setup.earlier = {0};
  const TrainingStep dense(setup);
  EXPECT_THAT(fates(dense), ElementsAre(RowFate::Carried, RowFate::Learned, RowFate::Untouched));
  EXPECT_THAT(dense.changedRows(), ElementsAre(0, 1));
  EXPECT_NE(dense.before().row(0), dense.start().row(0));

  setup.optimizer.kind = OptimizerKind::SparseAdam;
  const TrainingStep lazy(setup);
  EXPECT_THAT(fates(lazy), ElementsAre(RowFate::Untouched, RowFate::Learned, RowFate::Untouched));
  EXPECT_THAT(lazy.changedRows(), ElementsAre(1));
  EXPECT_NE(lazy.before().row(0), lazy.start().row(0));
}

TEST(TrainingStep, MomentumCarriesAndAdagradRemembersNoDirection) {
  TrainingStepSetup setup = smallSetup();
  setup.earlier = {0};
  setup.optimizer.momentum = 0.9;
  EXPECT_EQ(TrainingStep(setup).fate(0), RowFate::Carried);
  setup.earlierTarget = 3;  // the output of row 0: no error, no momentum
  EXPECT_EQ(TrainingStep(setup).fate(0), RowFate::Untouched);
  setup = smallSetup(OptimizerKind::Adagrad);
  setup.earlier = {0};
  EXPECT_EQ(TrainingStep(setup).fate(0), RowFate::Untouched);
}

TEST(TrainingStep, WeightDecayMovesEveryRow) {
  TrainingStepSetup setup = smallSetup();
  setup.earlier = {0};  // SGD without momentum remembers nothing of it
  for (const OptimizerKind kind : {OptimizerKind::Sgd, OptimizerKind::Adagrad}) {
    setup.optimizer.kind = kind;
    setup.optimizer.weightDecay = 0.1;
    const TrainingStep step(setup);
    EXPECT_THAT(fates(step), ElementsAre(RowFate::Decayed, RowFate::Learned, RowFate::Decayed));
    EXPECT_THAT(step.changedRows(), ElementsAre(0, 1, 2));
  }
  setup.optimizer.kind = OptimizerKind::AdamW;
  EXPECT_THAT(fates(TrainingStep(setup)),
              ElementsAre(RowFate::Carried, RowFate::Learned, RowFate::Decayed));
}

TEST(TrainingStep, PaddingGetsNoGradientButDecays) {
  TrainingStepSetup setup = smallSetup();
  setup.lookup.paddingRow = 1;
  const TrainingStep step(setup);
  EXPECT_EQ(step.fate(1), RowFate::Padding);
  EXPECT_THAT(step.changedRows(), IsEmpty());
  setup.optimizer.weightDecay = 0.1;
  const TrainingStep decayed(setup);
  EXPECT_EQ(decayed.fate(1), RowFate::Padding);
  EXPECT_THAT(decayed.change(1).difference,
              ElementsAre(testing::FloatNear(-0.15F, 1e-6F), testing::FloatNear(-0.2F, 1e-6F)));
  setup = smallSetup(OptimizerKind::Adam);
  setup.lookup.paddingRow = 0;
  setup.earlier = {0};
  EXPECT_EQ(TrainingStep(setup).fate(0), RowFate::Untouched);
}

TEST(TrainingStep, FrozenTablesAndRowsStay) {
  for (const OptimizerKind kind : {OptimizerKind::Sgd, OptimizerKind::AdamW}) {
    TrainingStepSetup setup = smallSetup(kind);
    setup.optimizer.weightDecay = 0.1;
    setup.earlier = {0, 1};
    setup.frozen = true;
    const TrainingStep table(setup);
    EXPECT_THAT(fates(table), ElementsAre(RowFate::Frozen, RowFate::Frozen, RowFate::Frozen));
    EXPECT_THAT(table.changedRows(), IsEmpty());
    EXPECT_EQ(table.after(), threeRows());
    EXPECT_NE(table.head().weightsAfter, table.head().weightsBefore);

    setup.frozen = false;
    setup.lookup.frozenRows = {1, 0};
    const TrainingStep rows(setup);
    EXPECT_THAT(fates(rows), ElementsAre(RowFate::Frozen, RowFate::Frozen, RowFate::Decayed));
    EXPECT_THAT(rows.gradient(), IsEmpty());
    EXPECT_THAT(rows.changedRows(), ElementsAre(2));
  }
}

TEST(TrainingStep, MaxNormShortensTheRowsOfTheBatch) {
  TrainingStepSetup setup = smallSetup();
  setup.lookup.maxNorm = 2.5;  // half of row 1
  setup.targets = {3.5};       // which gives this output
  const TrainingStep step(setup);
  EXPECT_THAT(step.outputs(), ElementsAre(testing::FloatNear(3.5F, 1e-5F)));
  const RowChange change = step.change(1);
  EXPECT_TRUE(change.shortened);
  EXPECT_THAT(change.before, ElementsAre(3, 4));
  EXPECT_NEAR(change.afterNorm[0], 1.5, 1e-6);
  EXPECT_NEAR(change.afterNorm[1], 2, 1e-6);
  EXPECT_EQ(step.lookups()(0, 0), change.afterNorm[0]);
  EXPECT_FALSE(step.change(2).shortened);
  EXPECT_THAT(step.change(2).afterNorm, ElementsAre(5, 6));
  EXPECT_THAT(step.changedRows(), ElementsAre(1));

  setup.frozen = true;
  const TrainingStep frozen(setup);
  EXPECT_TRUE(frozen.change(1).shortened);
  EXPECT_EQ(frozen.fate(1), RowFate::Frozen);
  EXPECT_THAT(frozen.changedRows(), ElementsAre(1));
  EXPECT_EQ(frozen.change(1).after, frozen.change(1).afterNorm);
}

TEST(TrainingStep, BeforeIsWhereTheEarlierStepsEnd) {
  TrainingStepSetup first = smallSetup();
  first.batch = {2};
  first.targets = {0.25F};
  const TrainingStep earlier(first);
  TrainingStepSetup second = smallSetup();
  second.earlier = {2};
  second.earlierTarget = 0.25F;
  const TrainingStep step(second);
  EXPECT_EQ(step.start(), threeRows());
  EXPECT_EQ(step.before(), earlier.after());
  EXPECT_EQ(step.head().weightsBefore, earlier.head().weightsAfter);
  EXPECT_EQ(step.head().biasBefore, earlier.head().biasAfter);
}

TEST(TrainingStep, ClippingShortensTheUpdateOnly) {
  TrainingStepSetup setup = smallSetup();
  setup.optimizer.clipNorm = 1;
  const TrainingStep step(setup);
  const double norm = std::sqrt(2 * 2 + 2 * 2 + 6 * 6 + 8 * 8 + 2 * 2);
  EXPECT_NEAR(step.clippedNorm(), norm, 1e-6);
  EXPECT_THAT(step.gradientOf(1)->gradient, ElementsAre(2, 2));
  EXPECT_NEAR(step.change(1).difference[0], -0.5 * 2 / norm, 1e-6);
  EXPECT_EQ(TrainingStep(smallSetup()).clippedNorm(), 0);
}

TEST(TrainingStep, NumbersThatAreNoneDoNotCountAsMoved) {
  RowMatrix values = threeRows();
  values(2, 0) = std::numeric_limits<float>::quiet_NaN();
  TrainingStepSetup setup = smallSetup();
  setup.table = tableOf(values);
  setup.optimizer.momentum = 0.9;
  const TrainingStep step(setup);
  EXPECT_EQ(step.fate(2), RowFate::Untouched);
  EXPECT_THAT(step.changedRows(), ElementsAre(1));
  setup.targets = {std::numeric_limits<float>::quiet_NaN()};
  EXPECT_TRUE(std::isnan(TrainingStep(setup).outerProductDifference()));
}

TEST(TrainingStep, RefusesWhatDoesNotFit) {
  const auto expectRefused = [](const std::function<void(TrainingStepSetup&)>& spoil,
                                const char* what) {
    TrainingStepSetup setup = smallSetup();
    spoil(setup);
    try {
      const TrainingStep step(setup);
      FAIL() << "no error: " << what;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
      EXPECT_THAT(error.what(), HasSubstr(what));
    }
  };
  expectRefused([](auto& setup) { setup.table = nullptr; }, "needs a table");
  expectRefused([](auto& setup) { setup.table = tableOf(RowMatrix(0, 2)); }, "at least one row");
  expectRefused([](auto& setup) { setup.table = tableOf(RowMatrix(1, kMostTrainedNumbers + 1)); },
                "take an excerpt of its rows");
  expectRefused([](auto& setup) { setup.batch.clear(); }, "the batch is empty");
  expectRefused([](auto& setup) { setup.batch = {3}; }, "no row 3 in a table of 3 rows");
  expectRefused([](auto& setup) { setup.batch = {-1}; }, "no row -1");
  expectRefused([](auto& setup) { setup.earlier = {0, 3}; }, "earlier steps: there is no row 3");
  expectRefused([](auto& setup) { setup.targets = {1, 2}; }, "2 targets, but 1 examples");
  expectRefused([](auto& setup) { setup.headWeights = {1}; }, "1 head weights, but 2 dimensions");
  expectRefused([](auto& setup) { setup.optimizer.learningRate = 0; }, "learning rate 0");
  expectRefused([](auto& setup) { setup.optimizer.momentum = 1; }, "momentum 1");
  expectRefused([](auto& setup) { setup.lookup.paddingRow = 3; }, "padding row 3");
  expectRefused([](auto& setup) { setup.lookup.maxNorm = 0; }, "max norm 0");
  expectRefused(
      [](auto& setup) {
        setup.optimizer.kind = OptimizerKind::SparseAdam;
        setup.optimizer.weightDecay = 0.1;
      },
      "sparse-adam");
  const TrainingStep step(smallSetup());
  EXPECT_THROW(step.change(3), base::Error);
  EXPECT_THROW(step.fate(-1), base::Error);
  EXPECT_THROW(step.shortenedRow(3), base::Error);
}

}  // namespace
}  // namespace embedscope::explain
