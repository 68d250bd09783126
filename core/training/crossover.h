// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/generated.h"
#include "core/training/race.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace embedscope::training {

/// From where on does an embedding pay? Two contestants raced at rising values of one quantity.
struct CrossoverRecipe {
  enum class Axis {
    Categories,       ///< n of generated data
    RowsPerCategory,  ///< of generated data
    Dimension,        ///< d of the challenger, which is Random, on the given data
  };

  Axis axis = Axis::Categories;
  std::vector<std::int64_t> values;  ///< rising, at least two
  /// Categories and RowsPerCategory: all but that number. Every seed draws data of its own, from
  /// `generated.seed` + its place, so that what is found is about such data and not about one draw.
  data::GeneratedSpec generated{.kind = data::GeneratedKind::LatentFactors};
  data::DatasetPtr dataset{};  ///< Dimension: the user's data
  Contestant baseline{.approach = Approach::OneHot};
  Contestant challenger{.approach = Approach::Random};
  TrainingRecipe base;  ///< for generated data without features, or with one whose options every
                        ///< column takes
  std::vector<std::string> features;  ///< Dimension: which race; empty: all
  std::vector<std::uint64_t> seeds = {1, 2, 3, 4, 5};
};

struct CrossoverPoint {
  std::int64_t value = 0;
  RaceStanding baseline;
  RaceStanding challenger;
  PairedDifference difference;  ///< positive: the challenger is better, in the metric's unit
};

/// Where an embedding begins to pay, as far as it has been seen.
struct CrossoverEstimate {
  /// The smallest value from which on, up to the last one tested, the challenger is better beyond
  /// noise; nothing: there is none in the tested range.
  ///
  /// For RowsPerCategory the largest value at which it is better: with more rows every category can
  /// speak for itself, and pooling pays less and less. (With very few rows it need not pay either:
  /// there is nothing to pool.)
  std::optional<std::int64_t> crossover{};
  /// Where the 95 % band of the difference, interpolated over log(value), contains 0 next to the
  /// crossover: lower ≤ upper. Nothing where the band holds 0 up to the end of the tested range on
  /// that side; both nothing when there is no crossover, or when the range begins (for
  /// RowsPerCategory: ends) with it.
  std::optional<double> lower{};
  std::optional<double> upper{};
};

/// Decides the crossover by the differences at the points, which are in rising order.
///
/// At a point where the interval is not known (fewer than two pairs) the band is unbounded.
CrossoverEstimate estimateCrossover(CrossoverRecipe::Axis axis,
                                    std::span<const CrossoverPoint> points);

struct CrossoverResult : CrossoverEstimate {
  CrossoverRecipe recipe;
  std::string metricName;
  std::vector<CrossoverPoint> points;  ///< one for each value
  std::string sentence;                ///< for people
};

/// Races at every value, in order. Contestants that are the same at every value run once.
///
/// @param listener  told after each value.
/// @return nothing when stopped.
/// @throws Error InvalidArgument: values that do not rise or are out of range, generated data that
///         has no such quantity, no dataset, a challenger without a dimension to vary; and as
///         runRace and data::generate.
std::optional<CrossoverResult> measureCrossover(
    const CrossoverRecipe& recipe, const base::TaskContext& context,
    const std::function<void(const CrossoverPoint& point)>& listener = {});

}  // namespace embedscope::training
