// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/crossover_sentence.h"

#include "core/base/text.h"
#include "core/training/race_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace embedscope::training {

namespace {

using Axis = CrossoverRecipe::Axis;

/// "32 categories", "10 rows per category", "d = 4".
std::string valueText(Axis axis, const std::string& number) {
  switch (axis) {
    case Axis::Categories:
      return number + " categories";
    case Axis::RowsPerCategory:
      return number + " rows per category";
    case Axis::Dimension:
      break;
  }
  return "d = " + number;
}

std::string valueText(Axis axis, std::int64_t value) {
  return valueText(axis, base::groupedDigits(value));
}

std::string valueText(Axis axis, double value) {
  return valueText(axis, fmt::format("{:.3g}", value));
}

/// "4 to 256 categories", "d = 1 to 16".
std::string rangeText(const CrossoverResult& result) {
  return valueText(result.recipe.axis,
                   fmt::format("{} to {}", base::groupedDigits(result.points.front().value),
                               base::groupedDigits(result.points.back().value)));
}

std::string challengerName(const CrossoverResult& result) {
  return result.recipe.axis == Axis::Dimension ? "random"
                                               : nameInSentence(result.points[0].challenger.name);
}

/// "a lower RMSE than one-hot"
std::string betterThanBaseline(const CrossoverResult& result) {
  return fmt::format("a {} {} than {}", lessIsBetter(result.metricName) ? "lower" : "higher",
                     metricTitle(result.metricName),
                     nameInSentence(result.points[0].baseline.name));
}

/// The values at which `holds`, as "4, 8 and 16 categories"; more than four as a count.
template <typename Holds>
std::string valuesWhere(const CrossoverResult& result, const Holds& holds) {
  std::vector<std::string> values;
  for (const CrossoverPoint& point : result.points) {
    if (holds(point)) {
      values.push_back(base::groupedDigits(point.value));
    }
  }
  if (values.empty()) {
    return {};
  }
  if (values.size() > 4) {
    return fmt::format("{} of {} values", values.size(), result.points.size());
  }
  std::string text = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    text += (i + 1 == values.size() ? " and " : ", ") + values[i];
  }
  return valueText(result.recipe.axis, text);
}

std::string intervalSentence(const CrossoverResult& result) {
  const Axis axis = result.recipe.axis;
  const std::string basis = fmt::format("95 %, {} seeds", result.recipe.seeds.size());
  if (result.lower && result.upper) {
    return fmt::format(" The crossover lies between {:.3g} and {} ({}).", *result.lower,
                       valueText(axis, *result.upper), basis);
  }
  if (result.upper) {
    return fmt::format(
        " The crossover lies at or below {} ({}); how far below, the tested range does not show.",
        valueText(axis, *result.upper), basis);
  }
  if (result.lower) {
    return fmt::format(
        " The crossover lies at or above {} ({}); how far above, the tested range does not show.",
        valueText(axis, *result.lower), basis);
  }
  return axis == Axis::RowsPerCategory
             ? fmt::format(" The crossover lies above what was tested ({}).", basis)
             : fmt::format(" That is every value tested: the crossover lies at or below them ({}).",
                           basis);
}

bool isBetter(const CrossoverPoint& point) {
  return point.difference.isBeyondNoise() && point.difference.mean > 0;
}

/// The smallest value from which on, without a gap, the challenger is better up to the crossover.
std::int64_t startOfGain(const CrossoverResult& result) {
  std::int64_t start = *result.crossover;
  for (auto point = result.points.rbegin(); point != result.points.rend(); ++point) {
    if (point->value > *result.crossover) {
      continue;
    }
    if (!isBetter(*point)) {
      break;
    }
    start = point->value;
  }
  return start;
}

/// "From 16 to 64 rows per category", "At 16 rows per category", "From 32 categories on, up to the
/// 256 tested,".
std::string whereText(const CrossoverResult& result) {
  const Axis axis = result.recipe.axis;
  if (axis != Axis::RowsPerCategory) {
    return fmt::format("From {} on, up to the {} tested,", valueText(axis, *result.crossover),
                       base::groupedDigits(result.points.back().value));
  }
  const std::int64_t start = startOfGain(result);
  return start == *result.crossover ? "At " + valueText(axis, start)
                                    : fmt::format("From {} to {}", base::groupedDigits(start),
                                                  valueText(axis, *result.crossover));
}

std::string foundSentence(const CrossoverResult& result) {
  return fmt::format("{} {} has {} beyond noise.", whereText(result), challengerName(result),
                     betterThanBaseline(result)) +
         intervalSentence(result);
}

/// Where the challenger does best.
const CrossoverPoint& mostPromising(const CrossoverResult& result) {
  const CrossoverPoint* most = &result.points.front();
  for (const CrossoverPoint& point : result.points) {
    if (!(point.difference.mean <= most->difference.mean)) {
      most = std::isnan(point.difference.mean) ? most : &point;
    }
  }
  return *most;
}

std::string noneSentence(const CrossoverResult& result) {
  const Axis axis = result.recipe.axis;
  const std::string none =
      fmt::format("No crossover in the tested range ({}): ", rangeText(result));
  const std::string better = valuesWhere(result, isBetter);
  if (!better.empty()) {
    return none + fmt::format("{} has {} beyond noise at {}, but not up to {}.",
                              challengerName(result), betterThanBaseline(result), better,
                              valueText(axis, result.points.back().value));
  }
  const CrossoverPoint& most = mostPromising(result);
  std::string text =
      none + fmt::format("{} nowhere has {} beyond noise; its best lead is {} at {}.",
                         challengerName(result), betterThanBaseline(result),
                         differenceText(most.difference), valueText(axis, most.value));
  const std::string worse =
      valuesWhere(result, [](const CrossoverPoint& point) { return point.difference.upper < 0; });
  return worse.empty() ? text : text + fmt::format(" It is worse beyond noise at {}.", worse);
}

/// Differences that have been found, but cannot be of representation.
std::string optimizationSentence(const CrossoverResult& result) {
  const std::string values = valuesWhere(result, [](const CrossoverPoint& point) {
    return point.difference.isBeyondNoise() && point.baseline.sameFunctionsAsOneHot &&
           point.challenger.sameFunctionsAsOneHot;
  });
  return values.empty()
             ? std::string()
             : fmt::format(
                   " At {} the difference can only be one of optimization, not of "
                   "representation: with d ≥ min(n, h) both can become the same functions.",
                   values);
}

std::string divergenceSentence(const CrossoverResult& result) {
  std::int64_t diverged = 0;
  for (const CrossoverPoint& point : result.points) {
    diverged += point.challenger.diverged + point.baseline.diverged;
  }
  return diverged == 0 ? std::string()
                       : " Some runs diverged and were left out; a lower learning rate may help.";
}

}  // namespace

std::string crossoverSentence(const CrossoverResult& result) {
  const bool known =
      std::any_of(result.points.begin(), result.points.end(),
                  [](const CrossoverPoint& point) { return point.difference.pairs > 1; });
  std::string text;
  if (result.recipe.seeds.size() < 2) {
    text =
        "One seed cannot tell a difference from noise, so no crossover can be stated: race at "
        "least 3 seeds, better 5.";
  } else if (!known) {
    text = "Nearly every run diverged: there is nothing to compare.";
  } else {
    text = result.crossover ? foundSentence(result) : noneSentence(result);
    text += optimizationSentence(result);
  }
  return text + divergenceSentence(result);
}

}  // namespace embedscope::training
