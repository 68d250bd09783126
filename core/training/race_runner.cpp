// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race_runner.h"

#include "core/base/parallel.h"
#include "core/training/race_standing.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <numeric>
#include <stop_token>
#include <utility>

namespace embedscope::training {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Progress is told this often within an epoch.
constexpr std::int64_t kReportsPerEpoch = 8;

/// What one step of a run costs, roughly: numbers touched by the optimizer and multiplied.
double estimatedCost(const TrainingRecipe& recipe, const data::Dataset& dataset) {
  const auto width = static_cast<double>(recipe.hidden.empty() ? 1 : recipe.hidden.front());
  double numbers = 1;
  auto inputs = static_cast<double>(dataset.numeric.cols());
  for (std::size_t f = 0; f < recipe.features.size(); ++f) {
    const std::int64_t categories = dataset.categorical[f].vocabulary.size();
    const bool oneHot = isOneHotInput(recipe.features[f]);
    const auto dimension = static_cast<double>(tableDimension(recipe.features[f], categories));
    numbers += static_cast<double>(categories) * (oneHot ? width : dimension);
    inputs += oneHot ? 1 : dimension;
  }
  return numbers + inputs * width * (1 + static_cast<double>(recipe.batchSize));
}

/// Runs the races of `trainAll`; every member that a block uses is its own or locked.
class RaceRunner {
 public:
  RaceRunner(const std::vector<data::DatasetPtr>& datasets, const RaceRecipe& recipe,
             const base::TaskContext& context, const RaceListener& listener)
      : m_datasets(datasets), m_recipe(recipe), m_context(context), m_listener(listener) {
    for (std::size_t c = 0; c < recipe.contestants.size(); ++c) {
      m_costs.push_back(estimatedCost(runRecipe(recipe, c, 0), *datasets.front()));
      for (std::size_t s = 0; s < recipe.seeds.size(); ++s) {
        m_runs.push_back({.contestant = c, .seed = s});
      }
    }
    m_order.resize(m_runs.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    std::stable_sort(m_order.begin(), m_order.end(), [this](std::size_t a, std::size_t b) {
      const RaceRun& first = m_runs[a];
      const RaceRun& second = m_runs[b];
      return first.seed != second.seed ? first.seed < second.seed
                                       : m_costs[first.contestant] > m_costs[second.contestant];
    });
  }

  std::optional<std::vector<RaceRun>> run() {
    const std::stop_callback link(m_context.stopToken(), [this] { m_stop.request_stop(); });
    base::parallelBlocks(static_cast<std::int64_t>(m_order.size()), [this](std::int64_t block) {
      try {
        train(m_runs[m_order[static_cast<std::size_t>(block)]]);
      } catch (...) {
        m_stop.request_stop();  // or the other runs would go on to their ends
        throw;
      }
    });
    if (m_context.stopRequested()) {
      return {};
    }
    m_context.report(1);
    return std::move(m_runs);
  }

 private:
  void train(RaceRun& run);
  void finish(const Trainer& trainer, RaceRun& run) const;
  void tell(const RaceEvent& event);
  void advance(const RaceRun& run, double& told, double fraction);

  const std::vector<data::DatasetPtr>& m_datasets;
  const RaceRecipe& m_recipe;
  const base::TaskContext& m_context;
  const RaceListener& m_listener;
  std::vector<double> m_costs;  ///< by contestant
  std::vector<RaceRun> m_runs;
  std::vector<std::size_t> m_order;
  std::stop_source m_stop;
  std::mutex m_listenerMutex;
  std::mutex m_progressMutex;
  double m_doneCost = 0;
};

void RaceRunner::train(RaceRun& run) {
  const std::stop_token stop = m_stop.get_token();
  if (stop.stop_requested()) {
    return;
  }
  tell({.kind = RaceEvent::Kind::RunStarted, .contestant = run.contestant, .seed = run.seed});
  Trainer trainer(m_datasets[run.seed], runRecipe(m_recipe, run.contestant, run.seed));
  const std::int64_t chunk = std::max<std::int64_t>(trainer.stepsPerEpoch() / kReportsPerEpoch, 1);
  double progress = 0;
  while (trainer.state() == RunState::Ready) {
    const std::int64_t epochEnd =
        (trainer.step() / trainer.stepsPerEpoch() + 1) * trainer.stepsPerEpoch();
    trainer.runUntil(std::min(trainer.step() + chunk, epochEnd), stop);
    if (stop.stop_requested()) {
      return;
    }
    while (run.epochs.size() < trainer.epochs().size()) {
      run.epochs.push_back(trainer.epochs()[run.epochs.size()]);
      tell({.kind = RaceEvent::Kind::EpochEnded,
            .contestant = run.contestant,
            .seed = run.seed,
            .epoch = run.epochs.back()});
    }
    advance(run, progress,
            static_cast<double>(trainer.step()) / static_cast<double>(trainer.totalSteps()));
  }
  finish(trainer, run);
  tell({.kind = RaceEvent::Kind::RunEnded,
        .contestant = run.contestant,
        .seed = run.seed,
        .run = &run});
  advance(run, progress, 1);
}

void RaceRunner::finish(const Trainer& trainer, RaceRun& run) const {
  run.state = trainer.state();
  run.divergence = trainer.divergence();
  run.bestEpoch = trainer.bestEpoch();
  run.validationLoss = kUnknown;
  run.validationMetric = kUnknown;
  if (run.state == RunState::Completed) {
    const EpochRecord& best = run.epochs[static_cast<std::size_t>(run.bestEpoch - 1)];
    run.validationLoss = best.validationLoss;
    run.validationMetric = best.validationMetric;
  }
  std::vector<double> seconds;
  for (const EpochRecord& epoch : run.epochs) {
    seconds.push_back(epoch.seconds);
  }
  run.secondsPerEpoch = median(std::move(seconds));
  run.metricName = trainer.metricName();
  run.parameters = trainer.parameterCount();
  run.trainRows = trainer.trainRowCount();
}

void RaceRunner::tell(const RaceEvent& event) {
  if (m_listener) {
    const std::scoped_lock lock(m_listenerMutex);
    m_listener(event);
  }
}

/// Adds what a run has done since it last told.
void RaceRunner::advance(const RaceRun& run, double& told, double fraction) {
  const double total = std::accumulate(m_costs.begin(), m_costs.end(), 0.0) *
                       static_cast<double>(m_recipe.seeds.size());
  double done = 0;
  {
    const std::scoped_lock lock(m_progressMutex);
    m_doneCost += m_costs[run.contestant] * (fraction - told);
    done = m_doneCost / total;
  }
  told = fraction;
  m_context.report(std::clamp(done, 0.0, 1.0));
}

}  // namespace

std::optional<std::vector<RaceRun>> trainAll(const std::vector<data::DatasetPtr>& datasets,
                                             const RaceRecipe& recipe,
                                             const base::TaskContext& context,
                                             const RaceListener& listener) {
  return RaceRunner(datasets, recipe, context, listener).run();
}

}  // namespace embedscope::training
