// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/training/crossover.h"
#include "core/training/race.h"
#include "tests/support/gate.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::tests {

/// One-hot, random d = 2 (the best) and random d = 4 (within noise) with two seeds.
inline training::RaceResult smallResult() {
  training::RaceResult result;
  result.metricName = "rmse";
  result.recipe.seeds = {1, 2};
  const auto add = [&](training::Approach approach, std::int64_t dimension, std::int64_t parameters,
                       std::vector<double> perSeed) {
    training::Contestant contestant;
    contestant.approach = approach;
    contestant.dimension = dimension;
    training::RaceStanding standing;
    standing.contestant = result.standings.size();
    standing.name = training::contestantName(contestant);
    standing.dimension = dimension;
    standing.parameters = parameters;
    standing.inputBytes = 46'080;
    standing.mean = (perSeed[0] + perSeed[1]) / 2;
    standing.standardError = 0.01;
    standing.perSeed = std::move(perSeed);
    standing.secondsPerEpoch = 0.012;
    result.recipe.contestants.push_back(contestant);
    result.standings.push_back(std::move(standing));
  };
  add(training::Approach::OneHot, 12, 1217, {0.29, 0.31});
  add(training::Approach::Random, 2, 241, {0.19, 0.21});
  add(training::Approach::Random, 4, 353, {0.20, 0.22});
  result.best = 1;
  result.differences = {
      {.pairs = 2, .mean = 0.1, .standardError = 0.01, .lower = 0.08, .upper = 0.12},
      {},
      {.pairs = 2, .mean = 0.01, .standardError = 0.01, .lower = -0.08, .upper = 0.1}};
  result.verdict = "random, d = 2 is best: 0.1 ahead of one-hot.";
  return result;
}

/// A race that tells two epochs of every run and then gives smallResult() for its recipe. With a
/// gate it waits in the middle, and hears stops there.
inline std::optional<training::RaceResult> fakeRace(const training::RaceRecipe& recipe,
                                                    const base::TaskContext& context,
                                                    const training::RaceListener& listener,
                                                    Gate* gate = nullptr) {
  using Kind = training::RaceEvent::Kind;
  double told = 0;
  for (std::size_t seed = 0; seed < recipe.seeds.size(); ++seed) {
    for (std::size_t contestant = 0; contestant < recipe.contestants.size(); ++contestant) {
      training::RaceRun run;
      run.contestant = contestant;
      run.seed = seed;
      listener({.kind = Kind::RunStarted, .contestant = contestant, .seed = seed, .epoch = {}});
      for (std::int64_t epoch = 1; epoch <= 2; ++epoch) {
        const double loss =
            (1.0 + static_cast<double>(contestant + seed)) / static_cast<double>(epoch);
        run.epochs.push_back({.epoch = epoch, .validationLoss = loss, .validationMetric = loss});
        listener({.kind = Kind::EpochEnded,
                  .contestant = contestant,
                  .seed = seed,
                  .epoch = run.epochs.back()});
      }
      run.state = training::RunState::Completed;
      run.validationMetric = run.epochs.back().validationMetric;
      listener({.kind = Kind::RunEnded,
                .contestant = contestant,
                .seed = seed,
                .epoch = {},
                .run = &run});
      told += 1.0 / static_cast<double>(recipe.seeds.size() * recipe.contestants.size());
      context.report(told);
    }
    if (gate != nullptr && seed == 0) {
      const std::stop_callback wake(context.stopToken(), [gate] { gate->open(); });
      gate->wait();
    }
    if (context.stopRequested()) {
      return std::nullopt;
    }
  }
  training::RaceResult result = smallResult();
  result.recipe = recipe;
  result.standings.resize(recipe.contestants.size(), result.standings.back());
  for (std::size_t i = 0; i < recipe.contestants.size(); ++i) {
    result.standings[i].contestant = i;
    result.standings[i].name = training::contestantName(recipe.contestants[i]);
  }
  result.differences.resize(recipe.contestants.size());
  return result;
}

/// A point whose interval reaches `half` to both sides of the mean.
inline training::CrossoverPoint crossoverPoint(std::int64_t value, double mean, double half) {
  training::CrossoverPoint point;
  point.value = value;
  point.baseline.name = "one-hot";
  point.baseline.mean = 1;
  point.baseline.standardError = 0.05;
  point.challenger.mean = 1 - mean;
  point.challenger.standardError = 0.05;
  point.difference = {.pairs = 5,
                      .mean = mean,
                      .standardError = half / 2,
                      .lower = mean - half,
                      .upper = mean + half};
  return point;
}

}  // namespace embedscope::tests
