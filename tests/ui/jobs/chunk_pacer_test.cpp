// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/chunk_pacer.h"

#include <gtest/gtest.h>

namespace embedscope::jobs {
namespace {

using namespace std::chrono_literals;

TEST(ChunkPacer, BeginsWithOneStepAndAtMostDoubles) {
  ChunkPacer pacer;
  EXPECT_EQ(pacer.steps(), 1);
  pacer.measured(1, 1ns);
  EXPECT_EQ(pacer.steps(), 2);
  pacer.measured(2, 0ns);
  EXPECT_EQ(pacer.steps(), 4);
}

TEST(ChunkPacer, SettlesWhereAChunkTakesThirtyMilliseconds) {
  ChunkPacer pacer;
  for (int i = 0; i < 20; ++i) {
    pacer.measured(pacer.steps(), pacer.steps() * 100us);
  }
  EXPECT_NEAR(static_cast<double>(pacer.steps()), 300.0, 1.0);
}

TEST(ChunkPacer, ShrinksAtOnceWhenStepsBecomeSlow) {
  ChunkPacer pacer;
  for (int i = 0; i < 12; ++i) {
    pacer.measured(pacer.steps(), 1us);
  }
  ASSERT_GT(pacer.steps(), 1000);
  pacer.measured(pacer.steps(), pacer.steps() * 10ms);
  EXPECT_EQ(pacer.steps(), 3);
  pacer.measured(3, 10s);
  EXPECT_EQ(pacer.steps(), 1);
}

TEST(ChunkPacer, NeverOverflows) {
  ChunkPacer pacer;
  for (int i = 0; i < 200; ++i) {
    pacer.measured(pacer.steps(), 0ns);
  }
  EXPECT_GT(pacer.steps(), 0);
}

}  // namespace
}  // namespace embedscope::jobs
