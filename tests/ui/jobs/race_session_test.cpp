// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/race_session.h"

#include "tests/support/event_wait.h"

#include <gtest/gtest.h>

#include <vector>

namespace embedscope::jobs {
namespace {

using training::RaceEvent;
using training::RaceResult;
using training::RaceRun;

/// Tells of one run with two epochs, and forgets it at once.
std::optional<RaceResult> shortRace(const base::TaskContext&,
                                    const training::RaceListener& listener) {
  RaceRun run;
  run.contestant = 2;
  run.seed = 1;
  listener({.kind = RaceEvent::Kind::RunStarted, .contestant = 2, .seed = 1, .epoch = {}});
  for (std::int64_t epoch = 1; epoch <= 2; ++epoch) {
    run.epochs.push_back({.epoch = epoch, .validationLoss = 1.0 / static_cast<double>(epoch)});
    listener({.kind = RaceEvent::Kind::EpochEnded,
              .contestant = 2,
              .seed = 1,
              .epoch = run.epochs.back()});
  }
  run.validationMetric = 0.75;
  listener(
      {.kind = RaceEvent::Kind::RunEnded, .contestant = 2, .seed = 1, .epoch = {}, .run = &run});
  RaceResult result;
  result.verdict = "No difference beyond noise.";
  return result;
}

TEST(RaceSession, KeepsWhatAnEventOnlyLends) {
  RaceSession session;
  session.start("race", raceWork(shortRace));
  ASSERT_TRUE(tests::waitUntil(session, &RaceSession::finished,
                               [&] { return session.outcome().has_value(); }));
  const std::vector<RaceMessage> messages = session.takeMessages();
  ASSERT_EQ(messages.size(), 4U);
  EXPECT_EQ(messages[0].kind, RaceEvent::Kind::RunStarted);
  EXPECT_EQ(messages[2].epoch.epoch, 2);
  EXPECT_EQ(messages[2].epoch.validationLoss, 0.5);
  EXPECT_EQ(messages[3].contestant, 2U);
  EXPECT_EQ(messages[3].seed, 1U);
  ASSERT_TRUE(messages[3].run);
  EXPECT_EQ(messages[3].run->validationMetric, 0.75);
  EXPECT_EQ(messages[3].run->epochs.size(), 2U);
  EXPECT_EQ(session.outcome()->result->verdict, "No difference beyond noise.");
}

}  // namespace
}  // namespace embedscope::jobs
