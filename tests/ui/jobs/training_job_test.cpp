// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_job.h"

#include "tests/support/event_wait.h"
#include "tests/ui/jobs/fake_task.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

namespace embedscope::jobs {
namespace {

using tests::waitUntil;

TrainingTaskFactory endlessTask() {
  return fakeTask({.totalSteps = std::numeric_limits<std::int64_t>::max() / 2});
}

TEST(TrainingJob, IsListedWhileTheRunIsUnderWayAndCancelMeansStop) {
  JobRunner runner;
  TrainingSession session;
  listTraining(runner, session);
  EXPECT_TRUE(runner.jobs().empty());
  session.start(endlessTask());
  ASSERT_EQ(runner.jobs().size(), 1U);
  EXPECT_EQ(runner.jobs()[0].title, "training run 1 · preparing");
  ASSERT_TRUE(
      waitUntil(session, &TrainingSession::updated, [&] { return session.progress().step > 0; }));
  runner.cancel(runner.jobs()[0].id);
  std::optional<RunOutcome::Kind> kind;
  QObject::connect(&session, &TrainingSession::finished, &session,
                   [&](const RunOutcome& outcome) { kind = outcome.kind; });
  ASSERT_TRUE(waitUntil(session, &TrainingSession::finished, [&] { return kind.has_value(); }));
  EXPECT_EQ(kind, RunOutcome::Kind::Stopped);
  EXPECT_TRUE(runner.jobs().empty());
}

TEST(TrainingJob, SaysHowFarTheRunIs) {
  JobRunner runner;
  TrainingSession session;
  listTraining(runner, session);
  session.start(fakeTask({.totalSteps = 50'000}), TrainingSession::StartMode::Paused);
  session.step(12'400);
  ASSERT_TRUE(waitUntil(session, &TrainingSession::updated,
                        [&] { return session.progress().step == 12'400; }));
  ASSERT_EQ(runner.jobs().size(), 1U);
  EXPECT_EQ(runner.jobs()[0].title, "training run 1 · step 12,400 of 50,000");
  EXPECT_DOUBLE_EQ(runner.jobs()[0].fraction, 0.248);
}

TEST(TrainingJob, ANewRunReplacesTheLineOfTheOlder) {
  JobRunner runner;
  TrainingSession session;
  listTraining(runner, session);
  session.start(endlessTask(), TrainingSession::StartMode::Paused);
  ASSERT_TRUE(waitUntil(session, &TrainingSession::stateChanged,
                        [&] { return session.state() == TrainingSession::State::Paused; }));
  session.start(endlessTask());
  ASSERT_EQ(runner.jobs().size(), 1U);
  EXPECT_EQ(runner.jobs()[0].title, "training run 2 · preparing");
}

TEST(TrainingJob, EitherMayGoFirst) {
  {
    JobRunner runner;
    auto session = std::make_unique<TrainingSession>();
    listTraining(runner, *session);
    session->start(endlessTask());
    session.reset();
    EXPECT_TRUE(runner.jobs().empty());
  }
  TrainingSession session;
  auto runner = std::make_unique<JobRunner>();
  listTraining(*runner, session);
  session.start(endlessTask());
  runner.reset();
  ASSERT_TRUE(
      waitUntil(session, &TrainingSession::updated, [&] { return session.progress().step > 0; }));
  EXPECT_TRUE(session.isActive()) << "only the line is gone";
}

}  // namespace
}  // namespace embedscope::jobs
