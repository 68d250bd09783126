// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/crossover.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace embedscope::training {

namespace {

/// The points in the order in which the challenger is expected to gain.
std::vector<const CrossoverPoint*> towardsGain(CrossoverRecipe::Axis axis,
                                               std::span<const CrossoverPoint> points) {
  std::vector<const CrossoverPoint*> ordered;
  for (const CrossoverPoint& point : points) {
    ordered.push_back(&point);
  }
  if (axis == CrossoverRecipe::Axis::RowsPerCategory) {
    std::reverse(ordered.begin(), ordered.end());
  }
  return ordered;
}

bool isBetter(const CrossoverPoint& point) {
  return point.difference.isBeyondNoise() && point.difference.mean > 0;
}

/// The place of the crossover; the number of points when there is none.
std::size_t firstGain(CrossoverRecipe::Axis axis,
                      const std::vector<const CrossoverPoint*>& ordered) {
  if (axis == CrossoverRecipe::Axis::RowsPerCategory) {
    const auto found = std::find_if(ordered.begin(), ordered.end(),
                                    [](const CrossoverPoint* point) { return isBetter(*point); });
    return static_cast<std::size_t>(found - ordered.begin());
  }
  std::size_t first = ordered.size();
  while (first > 0 && isBetter(*ordered[first - 1])) {
    --first;
  }
  return first;
}

/// Where a limit of the band, between a point where it is ≤ 0 and one where it is > 0, is 0.
double zeroBetween(const CrossoverPoint& a, const CrossoverPoint& b,
                   double PairedDifference::* limit) {
  const double from = a.difference.*limit;
  const double to = b.difference.*limit;
  const double share = -from / (to - from);
  const double start = std::log(static_cast<double>(a.value));
  const double end = std::log(static_cast<double>(b.value));
  return std::exp(start + share * (end - start));
}

}  // namespace

CrossoverEstimate estimateCrossover(CrossoverRecipe::Axis axis,
                                    std::span<const CrossoverPoint> points) {
  const std::vector<const CrossoverPoint*> ordered = towardsGain(axis, points);
  const std::size_t first = firstGain(axis, ordered);
  CrossoverEstimate estimate;
  if (first == ordered.size()) {
    return estimate;
  }
  estimate.crossover = ordered[first]->value;
  if (first == 0) {
    return estimate;
  }
  const CrossoverPoint& before = *ordered[first - 1];
  estimate.upper = std::isnan(before.difference.lower)
                       ? static_cast<double>(ordered[first]->value)
                       : zeroBetween(before, *ordered[first], &PairedDifference::lower);
  std::size_t worse = first;
  while (worse > 0 && !(ordered[worse - 1]->difference.upper < 0)) {
    --worse;
  }
  if (worse > 0) {
    const CrossoverPoint& last = *ordered[worse - 1];
    estimate.lower = std::isnan(ordered[worse]->difference.upper)
                         ? static_cast<double>(last.value)
                         : zeroBetween(last, *ordered[worse], &PairedDifference::upper);
  }
  if (axis == CrossoverRecipe::Axis::RowsPerCategory) {
    std::swap(estimate.lower, estimate.upper);
  }
  return estimate;
}

}  // namespace embedscope::training
