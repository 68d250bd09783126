// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/run_control.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace embedscope::jobs {
namespace {

using namespace std::chrono_literals;

TEST(RunControl, GrantsWhatIsWantedWhileRunning) {
  RunControl control(false, std::nullopt);
  EXPECT_EQ(control.ask(300).steps, 300);
  control.pause();
  const RunControl::Permit held = control.ask(300);
  EXPECT_EQ(held.steps, 0);
  EXPECT_TRUE(held.paused);
  control.resume();
  EXPECT_EQ(control.ask(7).steps, 7);
}

TEST(RunControl, SingleStepsAddUpAndAreCountedDown) {
  RunControl control(true, std::nullopt);
  control.step(3);
  control.step(2);
  EXPECT_EQ(control.ask(4).steps, 4);
  EXPECT_EQ(control.ask(4).steps, 1);
  EXPECT_EQ(control.ask(4).steps, 0);
  control.step(9);
  control.pause();
  EXPECT_EQ(control.ask(4).steps, 0) << "pause forgets steps not taken";
}

TEST(RunControl, SlowMotionGrantsOneStepAndSaysWhenTheNextIsDue) {
  RunControl control(false, 2.0);
  const auto before = RunControl::Clock::now();
  EXPECT_EQ(control.ask(300).steps, 1);
  const auto after = RunControl::Clock::now();
  const RunControl::Permit wait = control.ask(300);
  EXPECT_EQ(wait.steps, 0);
  ASSERT_TRUE(wait.until);
  EXPECT_GE(*wait.until, before + 500ms);
  EXPECT_LE(*wait.until, after + 500ms);
  control.setSlowMotion(std::nullopt);
  EXPECT_EQ(control.ask(300).steps, 300);
}

TEST(RunControl, SlowMotionKeepsItsPace) {
  RunControl control(false, 500.0);
  const auto begin = RunControl::Clock::now();
  for (int taken = 0; taken < 50;) {
    const RunControl::Permit permit = control.ask(100);
    ASSERT_LE(permit.steps, 1);
    taken += static_cast<int>(permit.steps);
    if (permit.steps == 0) {
      control.wait(permit);
    }
  }
  EXPECT_GE(RunControl::Clock::now() - begin, 49 * 2ms);
}

TEST(RunControl, StopInterruptsEveryWait) {
  for (const auto& slow : {std::optional<double>(), std::optional<double>(1e-6)}) {
    RunControl control(!slow.has_value(), slow);
    control.ask(1);
    auto waiting = std::async(std::launch::async, [&] {
      for (;;) {
        const RunControl::Permit permit = control.ask(1);
        if (permit.stopped) {
          return;
        }
        control.wait(permit);
      }
    });
    control.stop();
    EXPECT_EQ(waiting.wait_for(10s), std::future_status::ready);
    EXPECT_TRUE(control.stopToken().stop_requested());
  }
}

TEST(RunControl, ACommandBetweenAskAndWaitIsNotMissed) {
  RunControl control(true, std::nullopt);
  const RunControl::Permit permit = control.ask(1);
  control.resume();
  control.wait(permit);  // would never return
  EXPECT_EQ(control.ask(5).steps, 5);
}

}  // namespace
}  // namespace embedscope::jobs
