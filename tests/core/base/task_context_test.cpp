// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/task_context.h"

#include <gtest/gtest.h>

#include <vector>

namespace embedscope::base {
namespace {

TEST(TaskContext, PassesOnOnlyGrowthOfAtLeastOnePerMille) {
  std::vector<double> seen;
  const TaskContext context({}, [&](double fraction) { seen.push_back(fraction); });
  for (int i = 0; i <= 100000; ++i) {
    context.report(i / 100000.0);
  }
  EXPECT_LE(seen.size(), 1001U);
  EXPECT_GE(seen.size(), 990U);
  EXPECT_EQ(seen.back(), 1.0);
}

TEST(TaskContext, PartsMapIntoTheWhole) {
  std::vector<double> seen;
  const TaskContext context({}, [&](double fraction) { seen.push_back(fraction); });
  context.part(0.5, 1.0).part(0.0, 0.5).report(1.0);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_DOUBLE_EQ(seen.front(), 0.75);
}

TEST(TaskContext, StopsWithItsSource) {
  std::stop_source source;
  const TaskContext context(source.get_token(), {});
  EXPECT_FALSE(context.stopRequested());
  source.request_stop();
  EXPECT_TRUE(context.part(0, 1).stopRequested());
  EXPECT_FALSE(TaskContext().stopRequested());
}

}  // namespace
}  // namespace embedscope::base
