// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include "tests/support/event_wait.h"
#include "tests/support/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QThread>

#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

namespace embedscope::jobs {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using base::TaskContext;
using tests::Gate;
using tests::waitUntil;

/// Runs events until no job is left.
bool waitForJobs(JobRunner& runner) {
  return waitUntil(runner, &JobRunner::jobFinished, [&] { return runner.jobs().empty(); });
}

/// Works until it is told to stop.
void workUntilStopped(const TaskContext& context) {
  Gate stopped;
  const std::stop_callback wake(context.stopToken(), [&] { stopped.open(); });
  stopped.wait();
}

TEST(JobRunner, DeliversAResultThatOnlyMovesOnTheOwnersThread) {
  JobRunner runner;
  QObject context;
  std::unique_ptr<int> result;
  QThread* deliveredOn = nullptr;
  Qt::HANDLE workedOn = nullptr;
  runner.run("answer", &context,
             [&workedOn](const TaskContext&) {
               workedOn = QThread::currentThreadId();
               return std::make_unique<int>(42);
             },
             {.done = [&](std::unique_ptr<int> value) {
               result = std::move(value);
               deliveredOn = QThread::currentThread();
             }});
  ASSERT_TRUE(waitForJobs(runner));
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 42);
  EXPECT_EQ(deliveredOn, context.thread());
  EXPECT_NE(workedOn, QThread::currentThreadId());
}

TEST(JobRunner, RunsWorkWithoutAResult) {
  JobRunner runner;
  bool done = false;
  runner.run("export", nullptr, [](const TaskContext&) {}, {.done = [&] { done = true; }});
  ASSERT_TRUE(waitForJobs(runner));
  EXPECT_TRUE(done);
}

TEST(JobRunner, TurnsExceptionsIntoErrors) {
  JobRunner runner;
  std::vector<std::string> sentences;
  const JobHandlers<int> handlers{
      .done = [](int) { ADD_FAILURE() << "no result exists"; },
      .failed = [&](const base::Error& error) { sentences.emplace_back(error.what()); },
      .cancelled = [] { ADD_FAILURE() << "nobody cancelled"; }};
  const auto fail = [&](auto exception) {
    runner.run(
        "fail", nullptr, [exception](const TaskContext&) -> int { throw exception; }, handlers);
    ASSERT_TRUE(waitForJobs(runner));
  };
  fail(base::Error(base::ErrorCode::BadData, "A row is short.", base::Place::ofLine("a.csv", 2)));
  fail(std::bad_alloc());
  fail(std::runtime_error("odd"));
  fail(7);
  EXPECT_THAT(sentences, testing::ElementsAre("a.csv:2: A row is short.",
                                              "There is not enough memory for this.",
                                              testing::HasSubstr("odd"), testing::_));
}

TEST(JobRunner, ACancelledJobDeliversNothingElse) {
  JobRunner runner;
  int cancelled = 0;
  Gate running;
  const JobHandlers<int> handlers{
      .done = [](int) { ADD_FAILURE() << "cancelled jobs have no result"; },
      .failed = [](const base::Error&) { ADD_FAILURE() << "nor an error"; },
      .cancelled = [&] { ++cancelled; }};
  const JobId id = runner.run(
      "long", nullptr,
      [&running](const TaskContext& context) {
        running.open();
        workUntilStopped(context);
        return 1;
      },
      handlers);
  running.wait();
  const auto asked = Clock::now();
  runner.cancel(id);
  runner.cancel(id);
  EXPECT_TRUE(runner.jobs().at(0).cancelling);
  EXPECT_EQ(cancelled, 0) << "it has not ended yet";
  ASSERT_TRUE(waitForJobs(runner));
  EXPECT_LT(Clock::now() - asked, 100ms);
  EXPECT_EQ(cancelled, 1);
  runner.cancel(id);
}

TEST(JobRunner, AnErrorAfterACancelIsNotTold) {
  JobRunner runner;
  bool cancelled = false;
  const JobId id = runner.run("long", nullptr,
                              [](const TaskContext& context) {
                                workUntilStopped(context);
                                throw std::runtime_error("interrupted");
                              },
                              {.failed = [](const base::Error&) { ADD_FAILURE(); },
                               .cancelled = [&] { cancelled = true; }});
  runner.cancel(id);
  ASSERT_TRUE(waitForJobs(runner));
  EXPECT_TRUE(cancelled);
}

TEST(JobRunner, ACancelAfterTheWorkHasEndedStillKeepsTheResultBack) {
  JobRunner runner;
  Gate ended;

  struct OpensAtEnd {
    Gate* gate;

    void operator()(int*) const { gate->open(); }
  };

  int token = 0;
  const JobId id = runner.run(
      "quick", nullptr,
      [end = std::shared_ptr<int>(&token, OpensAtEnd{&ended})](const TaskContext&) { return 1; },
      {.done = [](int) { ADD_FAILURE() << "it was cancelled before it was told"; }});
  ended.wait();  // the work and what it held are gone; nothing was delivered yet
  runner.cancel(id);
  EXPECT_TRUE(waitForJobs(runner));
}

TEST(JobRunner, NothingIsDeliveredToADeadContext) {
  JobRunner runner;
  auto context = std::make_unique<QObject>();
  const auto heard = [] { ADD_FAILURE() << "nobody is there"; };
  runner.run("long", context.get(), workUntilStopped,
             {.done = heard, .failed = [&](const base::Error&) { heard(); }, .cancelled = heard});
  context.reset();  // cancels it: nobody wants the result
  ASSERT_TRUE(waitForJobs(runner));
}

TEST(JobRunner, DestructionStopsWhatRunsAndWaits) {
  bool ended = false;
  Gate running;
  const auto heard = [] { ADD_FAILURE() << "nothing is told any more"; };
  auto runner = std::make_unique<JobRunner>();
  runner->run("long", nullptr,
              [&](const TaskContext& context) {
                running.open();
                workUntilStopped(context);
                ended = true;
              },
              {.done = heard, .cancelled = heard});
  for (int i = 0; i < 50; ++i) {  // more than there are processors
    runner->run("another", nullptr, workUntilStopped, {.done = heard, .cancelled = heard});
  }
  running.wait();
  runner.reset();
  EXPECT_TRUE(ended);
  QCoreApplication::sendPostedEvents();
}

TEST(JobRunner, TellsProgressWithinBoundsAndRising) {
  JobRunner runner;
  std::vector<double> fractions;
  int started = 0;
  Gate seen;
  QObject context;
  QObject::connect(&runner, &JobRunner::jobStarted, &context, [&](const JobInfo& job) {
    ++started;
    EXPECT_EQ(job.title, "Loading");
    EXPECT_TRUE(job.cancellable);
    EXPECT_FALSE(job.secondsLeft);
  });
  QObject::connect(&runner, &JobRunner::jobChanged, &context, [&](const JobInfo& job) {
    fractions.push_back(job.fraction);
    if (job.fraction >= 0.25) {
      seen.open();
    }
  });
  runner.run("Loading", &context, [&](const TaskContext& task) {
    task.report(0.25);
    seen.wait();
    for (int i = 0; i < 100'000; ++i) {
      task.report(0.25 + 0.75 * i / 100'000);
    }
  });
  EXPECT_EQ(started, 1);
  ASSERT_TRUE(waitForJobs(runner));
  EXPECT_TRUE(std::ranges::is_sorted(fractions));
  EXPECT_LE(fractions.size(), 100U) << "throttled";
  for (const double fraction : fractions) {
    EXPECT_GE(fraction, 0.0);
    EXPECT_LE(fraction, 1.0);
  }
}

TEST(JobRunner, ListsJobsInTheirOrderAndCancelsAll) {
  JobRunner runner;
  const JobId first = runner.run("first", nullptr, workUntilStopped);
  const JobId second = runner.run("second", nullptr, workUntilStopped);
  ASSERT_EQ(runner.jobs().size(), 2U);
  EXPECT_EQ(runner.jobs()[0].id, first);
  EXPECT_EQ(runner.jobs()[1].id, second);
  runner.cancelAll();
  EXPECT_TRUE(waitForJobs(runner));
}

TEST(JobRunner, AHandlerMayStartTheNextJob) {
  JobRunner runner;
  int sum = 0;
  runner.run("one", nullptr, [](const TaskContext&) { return 1; }, {.done = [&](int one) {
               sum += one;
               runner.run("two", nullptr, [](const TaskContext&) { return 2; },
                          {.done = [&](int two) { sum += two; }});
             }});
  ASSERT_TRUE(waitUntil(runner, &JobRunner::jobFinished, [&] { return sum == 1; }) || sum > 0);
  ASSERT_TRUE(waitForJobs(runner));
  EXPECT_EQ(sum, 3);
}

TEST(JobRunner, ListsWhatRunsElsewhere) {
  JobRunner runner;
  int cancels = 0;
  auto job = runner.addExternal("training", [&] { ++cancels; });
  job->setTitle("training, step 3");
  job->setProgress(0.3, 12.0);
  ASSERT_EQ(runner.jobs().size(), 1U);
  EXPECT_EQ(runner.jobs()[0].title, "training, step 3");
  EXPECT_EQ(runner.jobs()[0].fraction, 0.3);
  EXPECT_EQ(runner.jobs()[0].secondsLeft, 12.0);
  runner.cancel(job->id());
  runner.cancel(job->id());
  EXPECT_EQ(cancels, 1);
  EXPECT_EQ(runner.jobs().size(), 1U) << "listed until it has ended";
  job.reset();
  EXPECT_TRUE(runner.jobs().empty());

  const auto fixed = runner.addExternal("indexing", {});
  EXPECT_FALSE(runner.jobs()[0].cancellable);
  runner.cancelAll();
  EXPECT_FALSE(runner.jobs()[0].cancelling);
}

TEST(JobRunner, ExternalJobsOutliveIt) {
  int cancels = 0;
  auto runner = std::make_unique<JobRunner>();
  const auto job = runner->addExternal("training", [&] { ++cancels; });
  runner.reset();
  job->setProgress(0.5, {});
  EXPECT_EQ(cancels, 0) << "what runs elsewhere is not the runner's to stop";
}

}  // namespace
}  // namespace embedscope::jobs
