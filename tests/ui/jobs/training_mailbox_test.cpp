// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_mailbox.h"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <thread>

namespace embedscope::jobs {
namespace {

constexpr std::int64_t kMessages = 100'000;

void publishMany(TrainingMailbox& mailbox) {
  for (std::int64_t step = 1; step <= kMessages; ++step) {
    const training::StepRecord record{step, 0.5};
    mailbox.publish({.steps = {&record, 1}});
  }
}

TEST(TrainingMailbox, AReaderWhoDoesNotLookIsWokenOnce) {
  int wakeUps = 0;
  TrainingMailbox mailbox(RunId{1}, [&] { ++wakeUps; });
  publishMany(mailbox);
  EXPECT_EQ(wakeUps, 1);
  EXPECT_EQ(mailbox.take().steps.size(), static_cast<std::size_t>(kMessages));
  EXPECT_TRUE(mailbox.take().steps.empty());
  mailbox.acceptWakeUp();
  mailbox.publish({});
  EXPECT_EQ(wakeUps, 2);
}

TEST(TrainingMailbox, ABusyReaderIsWokenNoMoreOftenThanItLooks) {
  // A second release before the reader's acquire would break the semaphore's own rule.
  std::binary_semaphore awake(0);
  std::atomic<int> wakeUps{0};
  TrainingMailbox mailbox(RunId{1}, [&] {
    ++wakeUps;
    awake.release();
  });
  std::vector<training::StepRecord> received;
  int looks = 0;
  {
    const std::jthread worker([&] { publishMany(mailbox); });
    while (received.size() < static_cast<std::size_t>(kMessages)) {
      awake.acquire();
      EXPECT_TRUE(mailbox.acceptWakeUp());
      const TrainingUpdates updates = mailbox.take();
      received.insert(received.end(), updates.steps.begin(), updates.steps.end());
      ++looks;
    }
  }
  EXPECT_LE(wakeUps.load(), looks + 1) << "one may be under way after everything was taken";
  ASSERT_EQ(received.size(), static_cast<std::size_t>(kMessages));
  for (std::int64_t i = 0; i < kMessages; ++i) {
    ASSERT_EQ(received[static_cast<std::size_t>(i)].step, i + 1) << "in order, none lost";
  }
}

TEST(TrainingMailbox, AMessageChangesOnlyWhatItHolds) {
  TrainingMailbox mailbox(RunId{7}, [] {});
  EXPECT_EQ(mailbox.take().state, SessionState::Preparing);
  const auto snapshot = std::make_shared<Snapshot>();
  mailbox.publish({.state = SessionState::Running, .stepStride = 3, .snapshot = snapshot});
  mailbox.publish({.latestStep = training::StepRecord{5, 0.25}});
  for (int look = 0; look < 2; ++look) {  // what is replaced stays, however often one looks
    const TrainingUpdates updates = mailbox.take();
    EXPECT_EQ(updates.run, RunId{7});
    EXPECT_EQ(updates.state, SessionState::Running);
    EXPECT_EQ(updates.stepStride, 3);
    EXPECT_EQ(updates.snapshot, snapshot);
    ASSERT_TRUE(updates.latestStep);
    EXPECT_EQ(updates.latestStep->step, 5);
  }
}

TEST(TrainingMailbox, TheOutcomeIsTakenOnceAndWithItsState) {
  TrainingMailbox mailbox(RunId{1}, [] {});
  EXPECT_FALSE(mailbox.takeStanding().outcome);
  EXPECT_FALSE(mailbox.isFinished());
  mailbox.publish({.state = SessionState::Finished, .outcome = RunOutcome{}});
  EXPECT_TRUE(mailbox.isFinished());
  const TrainingMailbox::Standing standing = mailbox.takeStanding();
  EXPECT_EQ(standing.state, SessionState::Finished);
  EXPECT_TRUE(standing.outcome);
  EXPECT_FALSE(mailbox.takeStanding().outcome);
  EXPECT_EQ(mailbox.takeStanding().state, SessionState::Finished);
}

TEST(TrainingMailbox, NoOutcomeIsSeenBeforeItsState) {
  for (int round = 0; round < 200; ++round) {
    TrainingMailbox mailbox(RunId{1}, [] {});
    const std::jthread worker([&] {
      mailbox.publish({.state = SessionState::Running});
      mailbox.publish({.state = SessionState::Finished, .outcome = RunOutcome{}});
    });
    TrainingMailbox::Standing standing;
    while (!standing.outcome) {
      standing = mailbox.takeStanding();
    }
    ASSERT_EQ(standing.state, SessionState::Finished);
  }
}

}  // namespace
}  // namespace embedscope::jobs
