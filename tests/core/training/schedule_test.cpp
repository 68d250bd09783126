// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/schedule.h"

#include <gtest/gtest.h>

#include <array>

namespace embedscope::training {
namespace {

OptimizerRecipe withSchedule(Schedule schedule) {
  OptimizerRecipe recipe;
  recipe.learningRate = 0.1;
  recipe.schedule = schedule;
  return recipe;
}

// torch 1.13: CosineAnnealingLR(SGD(lr=0.1), T_max=10), the rate of each of ten steps.
constexpr std::array kCosine = {0.1,
                                0.09755282581475769,
                                0.09045084971874738,
                                0.07938926261462367,
                                0.06545084971874739,
                                0.05000000000000001,
                                0.03454915028125264,
                                0.020610737385376353,
                                0.009549150281252635,
                                0.002447174185242324};

// torch 1.13: OneCycleLR(SGD, max_lr=0.1, total_steps=10, cycle_momentum=False).
constexpr std::array kOneCycle = {0.004,
                                  0.052,
                                  0.1,
                                  0.09504846320134738,
                                  0.0811745653949763,
                                  0.06112620219362893,
                                  0.03887419780637107,
                                  0.0188258346050237,
                                  0.004951936798652629,
                                  4e-07};

TEST(Schedule, CosineIsPyTorchs) {
  for (std::size_t t = 0; t < kCosine.size(); ++t) {
    EXPECT_NEAR(scheduledRate(withSchedule(Schedule::Cosine), static_cast<std::int64_t>(t), 10),
                kCosine[t], 1e-15);
  }
}

TEST(Schedule, OneCycleIsPyTorchs) {
  for (std::size_t t = 0; t < kOneCycle.size(); ++t) {
    EXPECT_NEAR(scheduledRate(withSchedule(Schedule::OneCycle), static_cast<std::int64_t>(t), 10),
                kOneCycle[t], 1e-15);
  }
}

TEST(Schedule, ShortRunsHaveFiniteRates) {
  for (const Schedule schedule : {Schedule::Constant, Schedule::Cosine, Schedule::OneCycle}) {
    for (std::int64_t total = 1; total <= 5; ++total) {
      for (std::int64_t step = 0; step < total; ++step) {
        const double rate = scheduledRate(withSchedule(schedule), step, total);
        EXPECT_GE(rate, 0) << total << " " << step;
        EXPECT_LE(rate, 0.1) << total << " " << step;
      }
    }
  }
}

}  // namespace
}  // namespace embedscope::training
