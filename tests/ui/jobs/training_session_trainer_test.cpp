// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/training/film.h"
#include "core/training/trainer.h"
#include "tests/support/event_wait.h"
#include "ui/jobs/training_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <optional>

namespace embedscope::jobs {
namespace {

using tests::waitUntil;

constexpr std::int64_t kRows = 2000;

data::CategoricalColumn categoricalColumn(const char* name, std::int64_t categories,
                                          std::uint64_t stream) {
  data::CategoricalColumn column;
  column.name = name;
  for (std::int64_t i = 0; i < categories; ++i) {
    column.vocabulary.append(std::string(name) + std::to_string(i));
  }
  column.counts.resize(static_cast<std::size_t>(categories));
  base::RandomStream random(7, stream);
  for (std::int64_t row = 0; row < kRows; ++row) {
    const std::uint32_t code = random.below(static_cast<std::uint32_t>(categories));
    column.codes.push_back(static_cast<std::int32_t>(code));
    ++column.counts[code];
  }
  return column;
}

/// Two features, one number; the target is a wave over the first feature plus the number.
data::DatasetPtr smallDataset() {
  auto dataset = std::make_shared<data::Dataset>();
  dataset->rows = kRows;
  dataset->categorical = {categoricalColumn("month", 12, 1), categoricalColumn("shop", 5, 2)};
  dataset->numericNames = {"discount"};
  dataset->numeric.resize(kRows, 1);
  dataset->target.name = "sales";
  base::RandomStream random(7, 3);
  for (std::int64_t row = 0; row < kRows; ++row) {
    const double discount = random.normal();
    const auto month = dataset->categorical[0].codes[static_cast<std::size_t>(row)];
    dataset->numeric(row, 0) = discount;
    dataset->target.values.push_back(std::sin(static_cast<double>(month)) + 0.3 * discount);
  }
  return dataset;
}

training::TrainingRecipe smallRecipe() {
  training::TrainingRecipe recipe;
  recipe.features.resize(2);
  recipe.features[0].name = "month";
  recipe.features[0].dimension = 3;
  recipe.features[1].name = "shop";
  recipe.features[1].approach = training::Approach::Identity;
  recipe.hidden = {16};
  recipe.batchSize = 64;
  recipe.epochs = 4;
  return recipe;
}

bool sameBits(const base::RowMatrix& a, const table::EmbeddingTable& b) {
  return a.rows() == b.rowCount() && a.cols() == b.dimension() &&
         std::memcmp(a.data(), b.values().data(),
                     static_cast<std::size_t>(a.size()) * sizeof(float)) == 0;
}

/// Runs a session to its end, after `interfere` had its way with it.
template <typename Interfere>
RunOutcome trained(Interfere interfere, training::TrainingRecipe recipe = smallRecipe()) {
  TrainingSession session;
  std::optional<RunOutcome> outcome;
  QObject context;
  QObject::connect(&session, &TrainingSession::finished, &context,
                   [&](const RunOutcome& told) { outcome = told; });
  interfere(session, recipe);
  EXPECT_TRUE(waitUntil(session, &TrainingSession::finished, [&] { return outcome.has_value(); }));
  return outcome.value_or(RunOutcome{});
}

void straight(TrainingSession& session, const training::TrainingRecipe& recipe) {
  session.start(smallDataset(), recipe);
}

void withPausesAndSteps(TrainingSession& session, const training::TrainingRecipe& recipe) {
  session.start(smallDataset(), recipe, TrainingSession::StartMode::Paused);
  session.step(7);
  EXPECT_TRUE(
      waitUntil(session, &TrainingSession::updated, [&] { return session.progress().step == 7; }));
  session.step(30);  // across the end of the first epoch
  EXPECT_TRUE(
      waitUntil(session, &TrainingSession::updated, [&] { return session.progress().step == 37; }));
  session.resume();
}

class TrainingSessionThreads : public testing::TestWithParam<int> {
 protected:
  void SetUp() override { base::setThreadCount(GetParam()); }

  void TearDown() override { base::setThreadCount(0); }
};

TEST_P(TrainingSessionThreads, GivesTheBitsOfATrainerRunDirectly) {
  training::Trainer trainer(smallDataset(), smallRecipe());
  ASSERT_EQ(trainer.runUntil(trainer.totalSteps()), training::RunState::Completed);

  for (const auto interfere : {straight, withPausesAndSteps}) {
    const RunOutcome outcome = trained(interfere);
    ASSERT_EQ(outcome.kind, RunOutcome::Kind::Completed) << outcome.sentence;
    EXPECT_EQ(outcome.steps, trainer.totalSteps());
    EXPECT_EQ(outcome.metricName, trainer.metricName());
    EXPECT_EQ(outcome.parameterCount, trainer.parameterCount());
    ASSERT_EQ(outcome.tables.size(), 2U);
    EXPECT_TRUE(sameBits(trainer.tableValues(0), *outcome.tables[0]));
    EXPECT_TRUE(sameBits(trainer.tableValues(1), *outcome.tables[1]));
    EXPECT_EQ(outcome.tables[0]->vocabulary().label(3), "month3");
    ASSERT_EQ(outcome.epochs.size(), trainer.epochs().size());
    for (std::size_t i = 0; i < outcome.epochs.size(); ++i) {
      EXPECT_EQ(outcome.epochs[i].trainLoss, trainer.epochs()[i].trainLoss);
      EXPECT_EQ(outcome.epochs[i].validationLoss, trainer.epochs()[i].validationLoss);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, TrainingSessionThreads, testing::Values(1, 2));

TEST(TrainingSessionTrainer, StopLeavesTheTablesOfTheStepItStoppedAt) {
  training::TrainingRecipe recipe = smallRecipe();
  recipe.epochs = 1'000'000;
  const RunOutcome outcome = trained(
      [](TrainingSession& session, const training::TrainingRecipe& endless) {
        session.start(smallDataset(), endless);
        EXPECT_TRUE(waitUntil(session, &TrainingSession::updated,
                              [&] { return session.progress().step >= 20; }));
        session.stop();
      },
      recipe);
  ASSERT_EQ(outcome.kind, RunOutcome::Kind::Stopped) << outcome.sentence;
  training::Trainer trainer(smallDataset(), recipe);
  trainer.runUntil(outcome.steps);
  EXPECT_TRUE(sameBits(trainer.tableValues(0), *outcome.tables.at(0)));
}

TEST(TrainingSessionTrainer, ARecipeThatDoesNotFitFailsInWords) {
  training::TrainingRecipe recipe = smallRecipe();
  recipe.batchSize = 0;
  const RunOutcome outcome = trained(straight, recipe);
  EXPECT_EQ(outcome.kind, RunOutcome::Kind::Failed);
  EXPECT_THAT(outcome.sentence, testing::HasSubstr("batch"));
}

TEST(TrainingSessionTrainer, DivergenceIsTold) {
  training::TrainingRecipe recipe = smallRecipe();
  recipe.optimizer = {training::OptimizerKind::Sgd, 1e30, 0};
  const RunOutcome outcome = trained(straight, recipe);
  EXPECT_EQ(outcome.kind, RunOutcome::Kind::Diverged);
  EXPECT_FALSE(outcome.sentence.empty());
}

/// A run that ends, with every frame of its film.
struct Filmed {
  RunOutcome outcome;
  std::vector<training::CheckpointPtr> frames;
};

Filmed filmed(const TrainingTaskFactory& task) {
  TrainingSession session;
  Filmed filmed;
  std::optional<RunOutcome> outcome;
  QObject context;
  const auto takeFrames = [&] {
    const TrainingUpdates updates = session.takeUpdates();
    filmed.frames.insert(filmed.frames.end(), updates.frames.begin(), updates.frames.end());
  };
  QObject::connect(&session, &TrainingSession::updated, &context, takeFrames);
  QObject::connect(&session, &TrainingSession::finished, &context, [&](const RunOutcome& told) {
    takeFrames();
    outcome = told;
  });
  session.start(task);
  EXPECT_TRUE(waitUntil(session, &TrainingSession::finished, [&] { return outcome.has_value(); }));
  filmed.outcome = outcome.value_or(RunOutcome{});
  return filmed;
}

TEST(TrainingSessionFilm, HasAFrameForEveryStepOfAShortRun) {
  const Filmed run = filmed(trainerTask(smallDataset(), smallRecipe()));
  ASSERT_EQ(run.frames.size(), static_cast<std::size_t>(run.outcome.steps + 1));
  training::Trainer trainer(smallDataset(), smallRecipe());
  for (const std::int64_t step : {std::int64_t{0}, std::int64_t{13}, run.outcome.steps}) {
    trainer.runUntil(step);
    const training::Checkpoint& frame = *run.frames[static_cast<std::size_t>(step)];
    EXPECT_EQ(frame.step, step);
    EXPECT_EQ(frame.numbers.tables[0], trainer.tableValues(0));
  }
}

TEST(TrainingSessionFilm, ARunGoesOnFromAFrameToTheSameEnd) {
  const Filmed run = filmed(trainerTask(smallDataset(), smallRecipe()));
  ResumePoint from{.checkpoint = run.frames[40], .film = training::Film(600)};
  for (std::size_t i = 0; i <= 40; ++i) {
    from.film.add(run.frames[i]);
  }
  const Filmed again = filmed(trainerTask(smallDataset(), smallRecipe(), from));
  ASSERT_EQ(again.outcome.kind, RunOutcome::Kind::Completed) << again.outcome.sentence;
  EXPECT_EQ(again.outcome.steps, run.outcome.steps);
  EXPECT_EQ(again.frames.front()->step, 41);
  ASSERT_EQ(again.outcome.tables.size(), run.outcome.tables.size());
  for (std::size_t f = 0; f < run.outcome.tables.size(); ++f) {
    EXPECT_EQ(again.outcome.tables[f]->values(), run.outcome.tables[f]->values());
  }
}

TEST(TrainingSessionFilm, AFrameMakesASnapshot) {
  const Filmed run = filmed(trainerTask(smallDataset(), smallRecipe()));
  Snapshot like;
  like.features.resize(2);
  like.features[0].name = "month";
  like.features[1].name = "shop";
  const SnapshotPtr snapshot = snapshotOf(*run.frames[5], like);
  EXPECT_EQ(snapshot->step, 5);
  EXPECT_EQ(snapshot->epoch, 0);
  EXPECT_EQ(snapshot->features[0].name, "month");
  EXPECT_EQ(snapshot->features[0].values, run.frames[5]->numbers.tables[0]);
  EXPECT_EQ(snapshot->features[1].tableRows, 5);
}

}  // namespace
}  // namespace embedscope::jobs
