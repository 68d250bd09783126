// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace embedscope::base {
namespace {

class ParallelBlocks : public testing::TestWithParam<int> {
 protected:
  void SetUp() override { setThreadCount(GetParam()); }

  void TearDown() override { setThreadCount(0); }
};

TEST_P(ParallelBlocks, CallsEveryBlockOnce) {
  std::vector<std::atomic<int>> calls(1000);
  parallelBlocks(1000, [&](std::int64_t block) { ++calls[static_cast<std::size_t>(block)]; });
  for (const auto& count : calls) {
    EXPECT_EQ(count.load(), 1);
  }
}

TEST_P(ParallelBlocks, PassesTheFailureOfTheSmallestBlockOn) {
  try {
    parallelBlocks(50, [](std::int64_t block) {
      if (block >= 3) {
        throw std::runtime_error(std::to_string(block));
      }
    });
    FAIL() << "expected an exception";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()), "3");
  }
}

TEST_P(ParallelBlocks, RunsNestedCallsOnTheCallingThread) {
  std::atomic<int> inner{0};
  parallelBlocks(8, [&](std::int64_t) { parallelBlocks(8, [&](std::int64_t) { ++inner; }); });
  EXPECT_EQ(inner.load(), 64);
}

TEST_P(ParallelBlocks, DoesNothingForNoBlocks) {
  parallelBlocks(0, [](std::int64_t) { FAIL(); });
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelBlocks, testing::Values(1, 2, 7));

}  // namespace
}  // namespace embedscope::base
