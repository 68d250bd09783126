// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race_standing.h"

#include "core/training/target_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace embedscope::training {

namespace {

/// h: how many numbers the first layer makes of its inputs.
std::int64_t firstWidth(const TrainingRecipe& recipe, const data::Target& target) {
  if (!recipe.hidden.empty()) {
    return recipe.hidden.front();
  }
  return outputCount(lossOf(recipe, target), target);
}

bool canBeAnyOneHotModel(const FeatureRecipe& feature, std::int64_t categories,
                         std::int64_t width) {
  if (isOneHotInput(feature)) {
    return true;
  }
  return !feature.frozen && feature.frozenRows.empty() && !feature.paddingRow &&
         tableDimension(feature, categories) >= std::min(categories, width);
}

}  // namespace

double median(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

RaceStanding standingOf(const RaceRecipe& recipe, std::size_t contestant,
                        const data::Dataset& dataset, const std::vector<RaceRun>& runs) {
  RaceStanding standing;
  standing.contestant = contestant;
  standing.name = contestantName(recipe.contestants[contestant]);
  std::vector<double> seconds;
  std::int64_t trainRows = 0;
  for (const RaceRun& run : runs) {
    if (run.contestant == contestant) {
      standing.perSeed.push_back(run.validationMetric);
      standing.diverged += run.state == RunState::Diverged ? 1 : 0;
      standing.parameters = run.parameters;
      seconds.push_back(run.secondsPerEpoch);
      trainRows = run.trainRows;
    }
  }
  const MeanWithError metric = meanWithError(standing.perSeed);
  standing.mean = metric.mean;
  standing.standardError = metric.standardError;
  standing.secondsPerEpoch = median(std::move(seconds));

  const TrainingRecipe run = runRecipe(recipe, contestant, 0);
  standing.sameFunctionsAsOneHot = true;
  for (std::size_t f = 0; f < run.features.size(); ++f) {
    const FeatureRecipe& feature = run.features[f];
    if (!racesIn(recipe, feature.name)) {
      continue;
    }
    const std::int64_t categories = dataset.categorical[f].vocabulary.size();
    const std::int64_t dimension = tableDimension(feature, categories);
    standing.largestDimension = std::max(standing.largestDimension, dimension);
    if (standing.dimension == 0 || dimension < standing.dimension) {
      standing.dimension = dimension;
    }
    standing.inputBytes +=
        trainRows * (feature.approach == Approach::OneHot ? categories * std::int64_t{sizeof(float)}
                                                          : std::int64_t{sizeof(std::int32_t)});
    standing.sameFunctionsAsOneHot =
        standing.sameFunctionsAsOneHot &&
        canBeAnyOneHotModel(feature, categories, firstWidth(run, dataset.target));
  }
  return standing;
}

PairedDifference leadOf(const RaceStanding& a, const RaceStanding& b, const std::string& metricName,
                        double confidence) {
  return lessIsBetter(metricName) ? pairedDifference(b.perSeed, a.perSeed, confidence)
                                  : pairedDifference(a.perSeed, b.perSeed, confidence);
}

}  // namespace embedscope::training
