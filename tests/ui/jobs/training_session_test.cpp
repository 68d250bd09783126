// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_session.h"

#include "core/base/error.h"
#include "tests/support/event_wait.h"
#include "tests/support/gate.h"
#include "tests/ui/jobs/fake_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCoreApplication>

#include <atomic>
#include <chrono>
#include <limits>
#include <memory>

namespace embedscope::jobs {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using State = TrainingSession::State;
using StartMode = TrainingSession::StartMode;
using tests::Gate;
using tests::waitUntil;

constexpr std::int64_t kEndless = std::numeric_limits<std::int64_t>::max() / 2;

/// Records everything a session says.
struct Listener {
  explicit Listener(TrainingSession& session) : m_session(session) {
    QObject::connect(&session, &TrainingSession::stateChanged, &m_context,
                     [this](State state) { states.push_back(state); });
    QObject::connect(&session, &TrainingSession::updated, &m_context, [this] { take(); });
    QObject::connect(&session, &TrainingSession::finished, &m_context,
                     [this](const RunOutcome& outcome) { outcomes.push_back(outcome); });
  }

  void take() {
    ++wakeUps;
    last = m_session.takeUpdates();
    steps.insert(steps.end(), last.steps.begin(), last.steps.end());
    epochs.insert(epochs.end(), last.epochs.begin(), last.epochs.end());
  }

  bool waitForOutcome() {
    return waitUntil(m_session, &TrainingSession::finished, [this] { return !outcomes.empty(); });
  }

  bool waitForStep(std::int64_t step) {
    return waitUntil(m_session, &TrainingSession::updated,
                     [this, step] { return last.progress.step >= step; });
  }

  bool waitForState(State state) {
    return waitUntil(m_session, &TrainingSession::stateChanged,
                     [this, state] { return m_session.state() == state; });
  }

  std::vector<State> states;
  std::vector<training::StepRecord> steps;
  std::vector<training::EpochRecord> epochs;
  std::vector<RunOutcome> outcomes;
  TrainingUpdates last;
  int wakeUps = 0;

 private:
  TrainingSession& m_session;
  QObject m_context;
};

/// Runs until it is stopped and counts itself off when it is destroyed.
class CountedTask : public FakeTask {
 public:
  explicit CountedTask(std::atomic<int>& alive)
      : FakeTask({.totalSteps = kEndless}), m_alive(alive) {}

  ~CountedTask() override { --m_alive; }

 private:
  std::atomic<int>& m_alive;
};

float tableNumber(const SnapshotPtr& snapshot) {
  return snapshot->features.at(0).values(0, 0);
}

TEST(TrainingSession, TellsEveryStepAndEpochAndHandsOverTheTables) {
  TrainingSession session;
  Listener listener(session);
  EXPECT_EQ(session.state(), State::Idle);
  EXPECT_FALSE(session.isActive());
  const RunId run = session.start(fakeTask({.totalSteps = 95, .stepsPerEpoch = 10}));
  EXPECT_EQ(session.state(), State::Preparing);
  ASSERT_TRUE(listener.waitForOutcome());

  EXPECT_EQ(listener.states.front(), State::Preparing);
  EXPECT_EQ(listener.states.back(), State::Finished);
  EXPECT_FALSE(session.isActive());
  ASSERT_EQ(listener.steps.size(), 95U);
  for (std::size_t i = 0; i < listener.steps.size(); ++i) {
    EXPECT_EQ(listener.steps[i].step, static_cast<std::int64_t>(i) + 1);
  }
  EXPECT_EQ(listener.epochs.size(), 9U);
  EXPECT_EQ(listener.last.run, run);
  EXPECT_EQ(listener.last.progress.step, 95);
  EXPECT_EQ(listener.last.progress.totalSteps, 95);
  EXPECT_EQ(listener.last.progress.stepsPerEpoch, 10);
  ASSERT_TRUE(listener.last.latestStep);
  EXPECT_EQ(listener.last.latestStep->step, 95);
  EXPECT_EQ(listener.last.snapshot->step, 95);

  ASSERT_EQ(listener.outcomes.size(), 1U);
  const RunOutcome& outcome = listener.outcomes[0];
  EXPECT_EQ(outcome.kind, RunOutcome::Kind::Completed);
  EXPECT_EQ(outcome.run, run);
  EXPECT_EQ(outcome.steps, 95);
  EXPECT_EQ(outcome.epochs.size(), 9U);
  EXPECT_EQ(outcome.metricName, "rmse");
  EXPECT_EQ(outcome.parameterCount, 6);
  EXPECT_EQ(outcome.recipe.features.at(0).name, "color");
  ASSERT_EQ(outcome.tables.size(), 1U);
  EXPECT_EQ(outcome.tables[0]->values()(2, 1), 95.0F);
}

TEST(TrainingSession, LongRunsAreThinnedToABoundedCurve) {
  TrainingSession session;
  Listener listener(session);
  session.start(fakeTask({.totalSteps = 50'000, .stepsPerEpoch = 50'000}));
  ASSERT_TRUE(listener.waitForOutcome());
  EXPECT_EQ(listener.last.stepStride, 13);  // ceil(50,000 / 4,096)
  EXPECT_EQ(listener.steps.size(), 3847U);  // ceil(50,000 / 13)
  EXPECT_EQ(listener.steps.back().step, 50'000);
}

TEST(TrainingSession, PauseStepAndResumeTakeExactlyTheStepsAsked) {
  TrainingSession session;
  Listener listener(session);
  session.start(fakeTask({.totalSteps = 100}), StartMode::Paused);
  ASSERT_TRUE(listener.waitForState(State::Paused));
  EXPECT_EQ(listener.last.progress.step, 0);
  ASSERT_TRUE(listener.last.snapshot) << "step 0 is shown too";
  EXPECT_EQ(listener.last.snapshot->step, 0);

  session.step();
  ASSERT_TRUE(listener.waitForStep(1));
  EXPECT_EQ(listener.last.progress.step, 1);
  EXPECT_EQ(session.state(), State::Paused);

  session.step(5);
  session.step(2);
  ASSERT_TRUE(listener.waitForStep(8));
  EXPECT_EQ(listener.last.progress.step, 8);
  EXPECT_EQ(tableNumber(listener.last.snapshot), 8.0F);

  EXPECT_EQ(listener.states, (std::vector<State>{State::Preparing, State::Paused}))
      << "single steps do not leave Paused";

  session.step(0);
  session.step(-3);
  session.resume();
  ASSERT_TRUE(listener.waitForOutcome());
  EXPECT_EQ(listener.outcomes[0].kind, RunOutcome::Kind::Completed);
  EXPECT_EQ(listener.steps.size(), 100U);
}

TEST(TrainingSession, StepWhileRunningHoldsAfterwards) {
  Gate reached;
  Gate go;
  TrainingSession session;
  Listener listener(session);
  session.start(fakeTask({.totalSteps = kEndless, .onStep = [&](std::int64_t step) {
                            if (step == 1) {  // the first chunk is this one step
                              reached.open();
                              go.wait();
                            }
                          }}));
  reached.wait();
  session.step(4);
  go.open();
  ASSERT_TRUE(listener.waitForStep(5));
  ASSERT_TRUE(listener.waitForState(State::Paused));
  EXPECT_EQ(session.progress().step, 5);
}

TEST(TrainingSession, StopsAtOnceWhereverItIs) {
  for (const bool paused : {false, true}) {
    TrainingSession session;
    Listener listener(session);
    session.start(fakeTask({.totalSteps = kEndless}),
                  paused ? StartMode::Paused : StartMode::Running);
    ASSERT_TRUE(paused ? listener.waitForState(State::Paused) : listener.waitForStep(1000));
    const auto asked = Clock::now();
    session.stop();
    ASSERT_TRUE(listener.waitForOutcome());
    EXPECT_LT(Clock::now() - asked, 100ms);
    const RunOutcome& outcome = listener.outcomes[0];
    EXPECT_EQ(outcome.kind, RunOutcome::Kind::Stopped);
    ASSERT_EQ(outcome.tables.size(), 1U) << "what was learned so far is kept";
    EXPECT_EQ(outcome.tables[0]->values()(0, 0), static_cast<float>(outcome.steps));
  }
}

TEST(TrainingSession, SlowMotionShowsEveryStepAndIsInterruptible) {
  TrainingSession session;
  Listener listener(session);
  session.setSlowMotion(100.0);
  const auto begin = Clock::now();
  session.start(fakeTask({.totalSteps = kEndless}));
  ASSERT_TRUE(listener.waitForStep(10));
  EXPECT_GE(Clock::now() - begin, 90ms);
  session.setSlowMotion(0.001);  // the next step is due in a quarter of an hour
  session.setSlowMotion(std::nullopt);
  ASSERT_TRUE(listener.waitForStep(1000));
  session.setSlowMotion(0.001);
  const auto asked = Clock::now();
  session.stop();
  ASSERT_TRUE(listener.waitForOutcome());
  EXPECT_LT(Clock::now() - asked, 100ms);
}

TEST(TrainingSession, DivergenceIsAnOutcomeWithASentence) {
  TrainingSession session;
  Listener listener(session);
  session.start(fakeTask({.totalSteps = 100, .divergeAt = 37}));
  ASSERT_TRUE(listener.waitForOutcome());
  const RunOutcome& outcome = listener.outcomes[0];
  EXPECT_EQ(outcome.kind, RunOutcome::Kind::Diverged);
  EXPECT_EQ(outcome.sentence, "The loss of step 37 is not finite.");
  EXPECT_FALSE(outcome.usable());
  EXPECT_TRUE(outcome.tables.empty());
  EXPECT_EQ(outcome.epochs.size(), 3U);
  EXPECT_EQ(listener.steps.size(), 37U);
}

TEST(TrainingSession, FailureIsAnOutcomeWithASentence) {
  TrainingSession session;
  Listener listener(session);
  session.start(fakeTask({.throwAt = 5}));
  ASSERT_TRUE(listener.waitForOutcome());
  EXPECT_EQ(listener.outcomes[0].kind, RunOutcome::Kind::Failed);
  EXPECT_THAT(listener.outcomes[0].sentence, testing::HasSubstr("the disk is on fire"));

  listener.outcomes.clear();
  session.start([]() -> std::unique_ptr<TrainingTask> {
    throw base::Error(base::ErrorCode::InvalidArgument, "The batch size must be at least 1.");
  });
  ASSERT_TRUE(listener.waitForOutcome());
  EXPECT_EQ(listener.outcomes[0].kind, RunOutcome::Kind::Failed);
  EXPECT_EQ(listener.outcomes[0].sentence, "The batch size must be at least 1.");
  EXPECT_EQ(session.state(), State::Finished);
}

TEST(TrainingSession, NothingIsHeardOfAnOlderRun) {
  Gate inOldStep;
  Gate letOldGo;
  TrainingSession session;
  Listener listener(session);
  const RunId old = session.start(fakeTask({.totalSteps = 1000, .onStep = [&](std::int64_t step) {
                                              if (step == 500) {
                                                inOldStep.open();
                                                letOldGo.wait();
                                              }
                                            }}));
  inOldStep.wait();  // its wake-ups are already queued, and it is still busy
  const RunId current = session.start(fakeTask({.totalSteps = 20}));
  EXPECT_GT(current, old);
  EXPECT_EQ(session.runId(), current);
  letOldGo.open();
  ASSERT_TRUE(listener.waitForOutcome());
  QCoreApplication::sendPostedEvents();
  ASSERT_EQ(listener.outcomes.size(), 1U);
  EXPECT_EQ(listener.outcomes[0].run, current);
  EXPECT_EQ(listener.steps.size(), 20U) << "no step of the older run among them";
}

TEST(TrainingSession, ASlowReaderDoesNotSlowTheWorker) {
  Gate enough;
  TrainingSession session;
  Listener listener(session);
  session.start(fakeTask(
      {.totalSteps = kEndless, .stepsPerEpoch = kEndless, .onStep = [&](std::int64_t step) {
         if (step == 100'000) {
           enough.open();
         }
       }}));
  enough.wait();  // no event has been handled here since the start
  EXPECT_EQ(listener.wakeUps, 0);
  session.stop();
  ASSERT_TRUE(listener.waitForOutcome());
  EXPECT_LE(listener.wakeUps, 5);  // the one queued all the while, and those about the end
  EXPECT_GE(listener.outcomes[0].steps, 100'000);
}

TEST(TrainingSession, DestructionWhileRunningIsQuickAndSilent) {
  for (const auto& slow : {std::optional<double>(), std::optional<double>(0.001)}) {
    Gate running;
    int heard = 0;
    QObject context;
    auto session = std::make_unique<TrainingSession>();
    QObject::connect(session.get(), &TrainingSession::updated, &context, [&] { ++heard; });
    QObject::connect(session.get(), &TrainingSession::finished, &context, [&] { ++heard; });
    session->setSlowMotion(slow);
    session->start(
        fakeTask({.totalSteps = kEndless, .onStep = [&](std::int64_t) { running.open(); }}));
    running.wait();
    const auto begin = Clock::now();
    session.reset();
    EXPECT_LT(Clock::now() - begin, 100ms);
    QCoreApplication::sendPostedEvents();
    EXPECT_EQ(heard, 0);
  }
}

TEST(TrainingSession, MayBeDestroyedWithRunsThatWereReplaced) {
  std::atomic<int> alive{0};
  {
    TrainingSession session;
    for (int i = 0; i < 5; ++i) {
      session.start([&alive] {
        ++alive;
        return std::make_unique<CountedTask>(alive);
      });
    }
  }
  EXPECT_EQ(alive.load(), 0);
}

TEST(TrainingSession, AReceiverMayStartTheNextRun) {
  TrainingSession session;
  Listener listener(session);
  QObject context;
  QObject::connect(&session, &TrainingSession::stateChanged, &context, [&](State state) {
    if (state == State::Finished && session.runId().value == 1) {
      session.start(fakeTask({.totalSteps = 3}));
    }
  });
  session.start(fakeTask({.totalSteps = 5}));
  ASSERT_TRUE(listener.waitForOutcome());
  EXPECT_EQ(listener.outcomes[0].run.value, 2U);
  EXPECT_EQ(listener.outcomes[0].steps, 3);
}

TEST(TrainingSession, CommandsWithoutARunDoNothing) {
  TrainingSession session;
  session.pause();
  session.resume();
  session.step();
  session.stop();
  EXPECT_EQ(session.state(), State::Idle);
  EXPECT_EQ(session.takeUpdates().run, RunId{});
}

}  // namespace
}  // namespace embedscope::jobs
