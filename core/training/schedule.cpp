// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/schedule.h"

#include <cmath>
#include <numbers>

namespace embedscope::training {

namespace {

constexpr double kRisingShare = 0.3;
constexpr double kStartDivisor = 25;
constexpr double kEndDivisor = 10'000;

/// From `from` to `to` along half a cosine. @param share  of the way, in [0, 1].
double alongCosine(double from, double to, double share) {
  return to + (from - to) / 2 * (1 + std::cos(std::numbers::pi * share));
}

double oneCycle(double highest, double step, double totalSteps) {
  const double start = highest / kStartDivisor;
  const double peak = kRisingShare * totalSteps - 1;
  const double last = totalSteps - 1;
  if (step <= peak) {
    return alongCosine(start, highest, step / peak);
  }
  return alongCosine(highest, start / kEndDivisor, (step - peak) / (last - peak));
}

}  // namespace

double scheduledRate(const OptimizerRecipe& recipe, std::int64_t step, std::int64_t totalSteps) {
  const auto t = static_cast<double>(step);
  const auto total = static_cast<double>(totalSteps);
  switch (recipe.schedule) {
    case Schedule::Constant:
      break;
    case Schedule::Cosine:
      return alongCosine(recipe.learningRate, 0, t / total);
    case Schedule::OneCycle:
      return totalSteps < 2 ? recipe.learningRate : oneCycle(recipe.learningRate, t, total);
  }
  return recipe.learningRate;
}

}  // namespace embedscope::training
