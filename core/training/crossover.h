// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/generated.h"
#include "core/training/race.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace embedscope::training {

/// From where on does an embedding pay? Two contestants raced at rising values of one quantity.
struct CrossoverRecipe {
  enum class Axis {
    Categories,       ///< n of generated data
    RowsPerCategory,  ///< of generated data
    Dimension,        ///< d of the challenger on the given data
  };

  Axis axis = Axis::Categories;
  std::vector<std::int64_t> values;  ///< rising, at least two
  data::GeneratedSpec generated;     ///< Categories and RowsPerCategory: all but that number
  data::DatasetPtr dataset;          ///< Dimension: the user's data
  Contestant baseline{.approach = Approach::OneHot};
  Contestant challenger{.approach = Approach::Random};
  TrainingRecipe base;                ///< without features for generated data
  std::vector<std::string> features;  ///< Dimension: which race; empty: all
  std::vector<std::uint64_t> seeds = {1, 2, 3, 4, 5};
};

struct CrossoverPoint {
  std::int64_t value = 0;
  RaceStanding baseline;
  RaceStanding challenger;
  PairedDifference difference;  ///< positive: the challenger is better, in the metric's unit
};

struct CrossoverResult {
  CrossoverRecipe recipe;
  std::string metricName;
  std::vector<CrossoverPoint> points;  ///< one for each value

  /// The smallest value from which on, up to the last one tested, the challenger is better beyond
  /// noise; nothing: there is none in the tested range. For RowsPerCategory, where an embedding
  /// pays below, the largest value up to which it is better.
  std::optional<std::int64_t> crossover;
  /// Where the interval of the difference, interpolated over log(value), contains 0 next to the
  /// crossover.
  std::optional<double> lower;
  std::optional<double> upper;
  std::string sentence;  ///< for people
};

/// Races at every value, in order. @param listener  told after each.
/// @return nothing when stopped. @throws Error as runRace.
std::optional<CrossoverResult> measureCrossover(
    const CrossoverRecipe& recipe, const base::TaskContext& context,
    const std::function<void(const CrossoverPoint& point)>& listener = {});

}  // namespace embedscope::training
