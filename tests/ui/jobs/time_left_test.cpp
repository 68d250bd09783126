// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/time_left.h"

#include <gtest/gtest.h>

namespace embedscope::jobs {
namespace {

TEST(TimeLeft, IsUnknownAtFirstAndWhileNothingMoves) {
  TimeLeft left;
  EXPECT_FALSE(left.secondsLeft(0.0));
  left.add(0.01, 0.4);
  EXPECT_FALSE(left.secondsLeft(0.01));
  TimeLeft stuck;
  stuck.add(0.0, 5.0);
  EXPECT_FALSE(stuck.secondsLeft(0.0));
}

TEST(TimeLeft, IsExactAtASteadyPace) {
  TimeLeft left;
  for (int i = 0; i < 40; ++i) {
    left.add(0.01, 0.5);  // 2 % a second
  }
  ASSERT_TRUE(left.secondsLeft(0.4));
  EXPECT_NEAR(*left.secondsLeft(0.4), 30.0, 1e-9);
  EXPECT_NEAR(*left.secondsLeft(1.0), 0.0, 1e-12);
}

TEST(TimeLeft, OneSlowMomentChangesItLittleAndALastingChangeFully) {
  TimeLeft left;
  for (int i = 0; i < 200; ++i) {
    left.add(0.001, 0.1);  // 1 % a second: 50 s for a half
  }
  left.add(0.001, 0.5);
  EXPECT_NEAR(*left.secondsLeft(0.5), 50.0, 5.0);
  for (int i = 0; i < 400; ++i) {
    left.add(0.002, 0.1);  // twice as fast for 40 s
  }
  EXPECT_NEAR(*left.secondsLeft(0.5), 25.0, 0.5);
}

}  // namespace
}  // namespace embedscope::jobs
