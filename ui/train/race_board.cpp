// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/race_board.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::train {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double meanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return values.empty() ? kUnknown : sum / static_cast<double>(values.size());
}

double standardErrorOf(const std::vector<double>& values, double mean) {
  if (values.size() < 2) {
    return kUnknown;
  }
  double squares = 0;
  for (const double value : values) {
    squares += (value - mean) * (value - mean);
  }
  const auto count = static_cast<double>(values.size());
  return std::sqrt(squares / (count - 1) / count);
}

double medianOf(std::vector<double> values) {
  if (values.empty()) {
    return kUnknown;
  }
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace

double valueOf(const training::EpochRecord& epoch, RaceQuantity quantity) {
  return quantity == RaceQuantity::Loss ? epoch.validationLoss : epoch.validationMetric;
}

RaceBoard::RaceBoard(const std::vector<training::Contestant>& contestants, std::size_t seeds)
    : m_seeds(seeds), m_runs(contestants.size() * seeds) {
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    training::RaceStanding standing;
    standing.contestant = i;
    standing.name = training::contestantName(contestants[i]);
    if (contestants[i].approach == training::Approach::Random) {
      standing.dimension = contestants[i].dimension;
    }
    m_standings.push_back(std::move(standing));
    updateStanding(i);
  }
}

BoardRun& RaceBoard::at(std::size_t contestant, std::size_t seed) {
  return m_runs[contestant * m_seeds + seed];
}

const BoardRun& RaceBoard::run(std::size_t contestant, std::size_t seed) const {
  return m_runs[contestant * m_seeds + seed];
}

void RaceBoard::add(const jobs::RaceMessage& message) {
  if (message.contestant >= contestantCount() || message.seed >= m_seeds) {
    return;
  }
  BoardRun& run = at(message.contestant, message.seed);
  switch (message.kind) {
    case training::RaceEvent::Kind::RunStarted:
      run.started = true;
      break;
    case training::RaceEvent::Kind::EpochEnded:
      run.epochs.push_back(message.epoch);
      break;
    case training::RaceEvent::Kind::RunEnded:
      run.ended = true;
      if (message.run) {
        run.diverged = message.run->state == training::RunState::Diverged;
        run.metric = run.diverged ? kUnknown : message.run->validationMetric;
        run.secondsPerEpoch = message.run->secondsPerEpoch;
      }
      updateStanding(message.contestant);
      break;
  }
}

std::size_t RaceBoard::endedCount() const {
  return static_cast<std::size_t>(
      std::count_if(m_runs.begin(), m_runs.end(), [](const auto& run) { return run.ended; }));
}

std::size_t RaceBoard::endedCount(std::size_t contestant) const {
  std::size_t count = 0;
  for (std::size_t seed = 0; seed < m_seeds; ++seed) {
    count += run(contestant, seed).ended ? 1 : 0;
  }
  return count;
}

RaceBand RaceBoard::band(std::size_t contestant, RaceQuantity quantity) const {
  std::vector<const BoardRun*> runs;
  std::size_t longest = 0;
  for (std::size_t seed = 0; seed < m_seeds; ++seed) {
    const BoardRun& one = run(contestant, seed);
    if (one.ended && !one.diverged && !one.epochs.empty()) {
      runs.push_back(&one);
      longest = std::max(longest, one.epochs.size());
    }
  }
  RaceBand band;
  for (std::size_t epoch = 0; epoch < longest; ++epoch) {
    std::vector<double> values;
    for (const BoardRun* one : runs) {
      values.push_back(valueOf(one->epochs[std::min(epoch, one->epochs.size() - 1)], quantity));
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    band.epochs.push_back(static_cast<double>(epoch + 1));
    band.mean.push_back(meanOf(values));
    band.lower.push_back(*low);
    band.upper.push_back(*high);
  }
  return band;
}

void RaceBoard::updateStanding(std::size_t contestant) {
  training::RaceStanding& standing = m_standings[contestant];
  std::vector<double> metrics;
  std::vector<double> seconds;
  standing.perSeed.assign(m_seeds, kUnknown);
  standing.diverged = 0;
  for (std::size_t seed = 0; seed < m_seeds; ++seed) {
    const BoardRun& one = run(contestant, seed);
    if (!one.ended) {
      continue;
    }
    standing.diverged += one.diverged ? 1 : 0;
    if (!std::isnan(one.secondsPerEpoch)) {
      seconds.push_back(one.secondsPerEpoch);
    }
    if (!one.diverged) {
      standing.perSeed[seed] = one.metric;
      metrics.push_back(one.metric);
    }
  }
  standing.mean = meanOf(metrics);
  standing.standardError = standardErrorOf(metrics, standing.mean);
  standing.secondsPerEpoch = medianOf(std::move(seconds));
}

}  // namespace embedscope::train
