// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/live_session.h"

#include "core/base/error.h"
#include "tests/support/event_wait.h"
#include "tests/support/gate.h"
#include "ui/jobs/live_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCoreApplication>

#include <atomic>
#include <chrono>
#include <limits>
#include <memory>
#include <stdexcept>
#include <thread>

namespace embedscope::jobs {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using base::TaskContext;
using tests::Gate;
using tests::waitUntil;

using Session = LiveSessionOf<int, std::unique_ptr<int>>;
using Kind = Session::Outcome::Kind;

constexpr int kFlood = 100'000;

/// Records everything a session says.
struct Listener {
  explicit Listener(Session& session) : m_session(session) {
    QObject::connect(&session, &Session::activeChanged, &m_context,
                     [this](bool active) { actives.push_back(active); });
    QObject::connect(&session, &Session::updated, &m_context, [this] {
      ++wakeUps;
      for (const int message : m_session.takeMessages()) {
        messages.push_back(message);
      }
    });
    QObject::connect(&session, &Session::finished, &m_context, [this] { ++ends; });
  }

  bool waitForEnd(int count = 1) {
    return waitUntil(m_session, &Session::finished, [this, count] { return ends >= count; });
  }

  std::vector<bool> actives;
  std::vector<int> messages;
  int wakeUps = 0;
  int ends = 0;

 private:
  Session& m_session;
  QObject m_context;
};

/// Works until it is told to stop.
std::unique_ptr<int> untilStopped(const TaskContext& context) {
  Gate stopped;
  const std::stop_callback wake(context.stopToken(), [&] { stopped.open(); });
  stopped.wait();
  return nullptr;
}

Session::Work endless(Gate* running = nullptr) {
  return [running](const TaskContext& context,
                   const Session::Tell&) -> std::optional<std::unique_ptr<int>> {
    if (running != nullptr) {
      running->open();
    }
    untilStopped(context);
    return std::nullopt;
  };
}

TEST(LiveSession, TellsMessagesInOrderThenTheResult) {
  Session session;
  Listener listener(session);
  EXPECT_FALSE(session.isActive());
  const RunId run = session.start("race 1", [](const TaskContext& context, const auto& tell) {
    for (int i = 0; i < 50; ++i) {
      tell(i);
      context.report((i + 1) / 50.0);
    }
    return std::optional(std::make_unique<int>(42));
  });
  EXPECT_TRUE(session.isActive());
  ASSERT_TRUE(listener.waitForEnd());
  EXPECT_THAT(listener.actives, testing::ElementsAre(true, false));
  ASSERT_EQ(listener.messages.size(), 50U);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(listener.messages[static_cast<std::size_t>(i)], i);
  }
  EXPECT_DOUBLE_EQ(session.fraction(), 1);
  EXPECT_FALSE(session.secondsLeft());
  ASSERT_TRUE(session.outcome());
  EXPECT_EQ(session.outcome()->kind, Kind::Done);
  EXPECT_EQ(session.outcome()->run, run);
  EXPECT_EQ(**session.outcome()->result, 42);
  EXPECT_EQ(session.title(), "race 1");
}

TEST(LiveSession, AFloodCausesFewWakeUps) {
  Gate told;
  Gate seen;
  Session session;
  Listener listener(session);
  session.start("flood", [&](const TaskContext&, const auto& tell) {
    for (int i = 0; i < kFlood; ++i) {
      tell(i);
    }
    told.open();
    seen.wait();
    return std::optional(std::make_unique<int>(1));
  });
  told.wait();  // no event has been handled here since the start: the worker waited for nobody
  EXPECT_EQ(listener.wakeUps, 0);
  seen.open();
  ASSERT_TRUE(listener.waitForEnd());
  EXPECT_LE(listener.wakeUps, 2);
  ASSERT_EQ(listener.messages.size(), static_cast<std::size_t>(kFlood));
  EXPECT_EQ(listener.messages.back(), kFlood - 1);
}

TEST(LiveSession, ManyWorkersMayTellAtOnce) {
  Session session;
  Listener listener(session);
  session.start("crowd", [](const TaskContext& context, const auto& tell) {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 1000; ++i) {
          tell(t);
          context.report(i / 1000.0);
        }
      });
    }
    threads.clear();
    return std::optional(std::make_unique<int>(1));
  });
  ASSERT_TRUE(listener.waitForEnd());
  EXPECT_EQ(listener.messages.size(), 4000U);
}

TEST(LiveSession, CancelEndsItSoonAndOnce) {
  Gate running;
  Session session;
  Listener listener(session);
  session.cancel();  // nothing to cancel
  session.start("long", endless(&running));
  running.wait();
  const auto asked = Clock::now();
  session.cancel();
  EXPECT_TRUE(session.isCancelling());
  EXPECT_TRUE(session.isActive()) << "until the work has ended";
  session.cancel();
  ASSERT_TRUE(listener.waitForEnd());
  EXPECT_LT(Clock::now() - asked, 100ms);
  EXPECT_EQ(session.outcome()->kind, Kind::Cancelled);
  EXPECT_TRUE(session.outcome()->sentence.empty());
  EXPECT_FALSE(session.isCancelling());
  QCoreApplication::sendPostedEvents();
  EXPECT_EQ(listener.ends, 1);
}

TEST(LiveSession, AResultThatCameInSpiteOfTheCancelIsTold) {
  Session session;
  Listener listener(session);
  session.start("quick", [](const TaskContext& context, const auto&) {
    untilStopped(context);
    return std::optional(std::make_unique<int>(7));
  });
  session.cancel();
  ASSERT_TRUE(listener.waitForEnd());
  EXPECT_EQ(session.outcome()->kind, Kind::Done);
}

TEST(LiveSession, FailureIsAnOutcomeWithASentence) {
  Session session;
  Listener listener(session);
  session.start("fails",
                [](const TaskContext&,
                   const auto& tell) -> decltype(endless()(TaskContext(), Session::Tell())) {
                  tell(1);
                  throw base::Error(base::ErrorCode::InvalidArgument, "A race needs a contestant.");
                });
  ASSERT_TRUE(listener.waitForEnd());
  EXPECT_EQ(session.outcome()->kind, Kind::Failed);
  EXPECT_EQ(session.outcome()->sentence, "A race needs a contestant.");
  EXPECT_EQ(listener.messages.size(), 1U);

  session.start("interrupted",
                [](const TaskContext& context, const auto&) -> std::optional<std::unique_ptr<int>> {
                  untilStopped(context);
                  throw std::runtime_error("interrupted");
                });
  EXPECT_FALSE(session.outcome()) << "that of the older work";
  session.cancel();
  ASSERT_TRUE(listener.waitForEnd(2));
  EXPECT_EQ(session.outcome()->kind, Kind::Cancelled) << "an error after a cancel is its echo";
}

TEST(LiveSession, NothingIsHeardOfOlderWork) {
  Gate told;
  Gate letGo;
  Session session;
  Listener listener(session);
  const RunId old = session.start("old", [&](const TaskContext&, const auto& tell) {
    tell(-1);
    told.open();
    letGo.wait();  // deaf to stops
    tell(-2);
    return std::optional(std::make_unique<int>(1));
  });
  told.wait();  // its wake-up is queued already
  const RunId current = session.start("new", [](const TaskContext&, const auto& tell) {
    tell(5);
    return std::optional(std::make_unique<int>(2));
  });
  EXPECT_GT(current, old);
  letGo.open();
  ASSERT_TRUE(listener.waitForEnd());
  QCoreApplication::sendPostedEvents();
  EXPECT_THAT(listener.messages, testing::ElementsAre(5));
  EXPECT_EQ(session.outcome()->run, current);
  EXPECT_EQ(listener.ends, 1);
}

TEST(LiveSession, DestructionWhileRunningIsQuickAndSilent) {
  Gate running;
  int heard = 0;
  QObject context;
  std::atomic<bool> flooding{true};
  auto session = std::make_unique<Session>();
  QObject::connect(session.get(), &Session::updated, &context, [&] { ++heard; });
  QObject::connect(session.get(), &Session::finished, &context, [&] { ++heard; });
  session->start(
      "flood",
      [&](const TaskContext& task, const auto& tell) -> std::optional<std::unique_ptr<int>> {
        while (!task.stopRequested()) {  // tells on while the session goes
          tell(1);
          running.open();
        }
        flooding = false;
        return std::nullopt;
      });
  running.wait();
  const auto begin = Clock::now();
  session.reset();
  EXPECT_LT(Clock::now() - begin, 100ms);
  EXPECT_FALSE(flooding);
  QCoreApplication::sendPostedEvents();
  EXPECT_EQ(heard, 0);
}

TEST(LiveSession, AReceiverMayStartTheNextOrDestroyTheSession) {
  const auto quick = [](const TaskContext&, const Session::Tell& tell) {
    tell(1);
    return std::optional(std::make_unique<int>(3));
  };
  auto session = std::make_unique<Session>();
  QObject context;
  int ends = 0;
  QObject::connect(session.get(), &Session::activeChanged, &context, [&](bool active) {
    if (!active && session->runId().value == 1) {
      session->start("second", quick);
    }
  });
  QObject::connect(session.get(), &Session::finished, &context, [&] {
    ++ends;
    EXPECT_EQ(session->runId().value, 2U);
    session.reset();
  });
  session->start("first", quick);
  ASSERT_TRUE(waitUntil(*session, &QObject::destroyed, [&] { return ends > 0; }));
  EXPECT_EQ(ends, 1);
}

TEST(LiveSession, IsListedAmongTheJobs) {
  Gate reported;
  JobRunner runner;
  Session session;
  Listener listener(session);
  listSession(runner, session);
  EXPECT_TRUE(runner.jobs().empty());
  session.start(
      "race 1",
      [&](const TaskContext& context, const auto&) -> std::optional<std::unique_ptr<int>> {
        context.report(0.25);
        untilStopped(context);
        return std::nullopt;
      });
  ASSERT_EQ(runner.jobs().size(), 1U);
  ASSERT_TRUE(waitUntil(session, &Session::updated, [&] { return runner.jobs()[0].fraction > 0; }));
  EXPECT_DOUBLE_EQ(runner.jobs()[0].fraction, 0.25);
  session.setTitle("race 1 · 3 of 12 runs");
  EXPECT_EQ(runner.jobs()[0].title, "race 1 · 3 of 12 runs");
  runner.cancel(runner.jobs()[0].id);
  ASSERT_TRUE(listener.waitForEnd());
  EXPECT_TRUE(runner.jobs().empty());
}

TEST(LiveSession, EitherMayGoBeforeTheListOfJobs) {
  {
    JobRunner runner;
    auto session = std::make_unique<Session>();
    listSession(runner, *session);
    session->start("a", endless());
    session.reset();
    EXPECT_TRUE(runner.jobs().empty());
  }
  Session session;
  Listener listener(session);
  auto runner = std::make_unique<JobRunner>();
  listSession(*runner, session);
  session.start("b", endless());
  runner.reset();
  session.setTitle("still there");
  EXPECT_TRUE(session.isActive());
}

}  // namespace
}  // namespace embedscope::jobs
