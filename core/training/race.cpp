// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race.h"

#include "core/training/race_check.h"
#include "core/training/race_runner.h"
#include "core/training/race_standing.h"
#include "core/training/race_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope::training {

namespace {

/// Of all intervals of a race together.
constexpr double kErrorRate = 0.05;

void enter(const Contestant& contestant, FeatureRecipe& feature) {
  feature.approach = contestant.approach;
  feature.frozen = contestant.frozen && contestant.approach != Approach::OneHot;
  if (contestant.approach == Approach::Random) {
    feature.dimension = contestant.dimension;
    if (feature.initialization == Initialization::FromTable) {
      feature.initialization = Initialization::Normal;
    }
  }
  if (contestant.pretrained && contestant.approach == Approach::Pretrained) {
    feature.pretrained = contestant.pretrained;
  }
  if (isOneHotInput(feature)) {
    const FeatureRecipe none;
    feature.frozenRows = none.frozenRows;
    feature.paddingRow = none.paddingRow;
    feature.maxNorm = none.maxNorm;
    feature.scaleGradientByFrequency = none.scaleGradientByFrequency;
  }
  feature.denseOneHot = feature.denseOneHot && contestant.approach == Approach::OneHot;
}

bool isBetter(const RaceStanding& a, const RaceStanding& b, const std::string& metricName) {
  if (std::isnan(a.mean) || std::isnan(b.mean)) {
    return !std::isnan(a.mean) && std::isnan(b.mean);
  }
  if (a.diverged != b.diverged) {
    return a.diverged < b.diverged;
  }
  return lessIsBetter(metricName) ? a.mean < b.mean : a.mean > b.mean;
}

void compare(RaceResult& result) {
  const std::size_t count = result.standings.size();
  for (std::size_t c = 1; c < count; ++c) {
    if (isBetter(result.standings[c], result.standings[result.best], result.metricName)) {
      result.best = c;
    }
  }
  result.differences.resize(count);
  const double confidence =
      1 - kErrorRate / static_cast<double>(std::max<std::size_t>(count, 2) - 1);
  for (std::size_t c = 0; c < count; ++c) {
    if (c != result.best) {
      result.differences[c] =
          leadOf(result.standings[result.best], result.standings[c], result.metricName, confidence);
    }
  }
}

}  // namespace

std::string contestantName(const Contestant& contestant) {
  std::string name(approachName(contestant.approach));
  if (contestant.approach == Approach::Random) {
    name += fmt::format(", d = {}", contestant.dimension);
  }
  if (contestant.frozen && contestant.approach != Approach::OneHot) {
    name += ", frozen";
  }
  return name;
}

bool racesIn(const RaceRecipe& race, const std::string& feature) {
  return race.features.empty() ||
         std::find(race.features.begin(), race.features.end(), feature) != race.features.end();
}

TrainingRecipe runRecipe(const RaceRecipe& race, std::size_t contestant, std::size_t seed) {
  TrainingRecipe recipe = race.base;
  recipe.seed = race.seeds[seed];
  for (FeatureRecipe& feature : recipe.features) {
    if (racesIn(race, feature.name)) {
      enter(race.contestants[contestant], feature);
    }
  }
  return recipe;
}

bool lessIsBetter(const std::string& metricName) {
  return metricName == "rmse";
}

std::optional<RaceResult> runRace(const data::DatasetPtr& dataset, const RaceRecipe& recipe,
                                  const base::TaskContext& context, const RaceListener& listener) {
  checkRace(*dataset, recipe);
  std::optional<std::vector<RaceRun>> runs = trainAll(
      std::vector<data::DatasetPtr>(recipe.seeds.size(), dataset), recipe, context, listener);
  if (!runs) {
    return {};
  }
  RaceResult result;
  result.recipe = recipe;
  result.runs = std::move(*runs);
  result.metricName = result.runs.front().metricName;
  for (std::size_t c = 0; c < recipe.contestants.size(); ++c) {
    result.standings.push_back(standingOf(recipe, c, *dataset, result.runs));
  }
  compare(result);
  result.verdict = raceVerdict(result);
  return result;
}

}  // namespace embedscope::training
