// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/training/paired_difference.h"
#include "core/training/trainer.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace embedscope::training {

/// One way for the raced features to enter the model.
struct Contestant {
  Approach approach = Approach::Random;
  std::int64_t dimension = 2;    ///< d for Random, of every raced feature; n for one-hot and
                                 ///< identity, the table's own else
  bool frozen = false;           ///< the table keeps its numbers; without meaning for one-hot
  table::TablePtr pretrained{};  ///< for Pretrained; nothing: what each raced feature has in the
                                 ///< base recipe

  bool operator==(const Contestant&) const = default;
};

/// "one-hot", "identity", "identity, frozen", "random, d = 4", "pretrained, frozen".
std::string contestantName(const Contestant& contestant);

/// Several approaches on the same splits, seeds, budget and head.
struct RaceRecipe {
  TrainingRecipe base;                ///< its seed is not used
  std::vector<std::string> features;  ///< names of the features that race; empty: all of them
  std::vector<Contestant> contestants;
  std::vector<std::uint64_t> seeds = {1, 2, 3, 4, 5};
};

/// Whether a feature is one of those that race.
bool racesIn(const RaceRecipe& race, const std::string& feature);

/// The recipe of one run, which a Trainer runs to the same bits alone. The seed decides split,
/// order and first numbers, so contestants with the same seed share all they can share. Options
/// of a raced feature that its approach cannot have (a padding row of a one-hot row, say) are left
/// out.
///
/// @param contestant, seed  places in the recipe.
TrainingRecipe runRecipe(const RaceRecipe& race, std::size_t contestant, std::size_t seed);

/// How one run of a race went.
struct RaceRun {
  std::size_t contestant = 0;  ///< its place in the recipe
  std::size_t seed = 0;        ///< its place in the recipe
  std::vector<EpochRecord> epochs{};
  RunState state = RunState::Ready;
  std::string divergence{};    ///< in words; empty unless diverged
  std::int64_t bestEpoch = 0;  ///< whose parameters count: the last one without early stopping
  double validationLoss = 0;   ///< of that epoch; NaN when diverged
  double validationMetric = 0;
  double secondsPerEpoch = 0;  ///< median; NaN without an epoch
  std::string metricName{};
  std::int64_t parameters = 0;  ///< numbers that training may change
  std::int64_t trainRows = 0;
};

/// What a race tells while it runs; from any worker thread, one call at a time.
struct RaceEvent {
  enum class Kind { RunStarted, EpochEnded, RunEnded };

  Kind kind;
  std::size_t contestant = 0;
  std::size_t seed = 0;
  EpochRecord epoch{};           ///< EpochEnded
  const RaceRun* run = nullptr;  ///< RunEnded; valid during the call
};

/// What it throws ends the race.
using RaceListener = std::function<void(const RaceEvent& event)>;

/// One line of the table at the end.
struct RaceStanding {
  std::size_t contestant = 0;
  std::string name;
  std::int64_t dimension = 0;         ///< columns that a raced feature adds: the fewest, and
  std::int64_t largestDimension = 0;  ///< the most, where raced features differ
  std::int64_t parameters = 0;
  std::int64_t inputBytes = 0;  ///< raced features of the training rows, written out: codes, or
                                ///< rows of n floats for one-hot
  /// Training could make this model any function that the one-hot model can be: d ≥ min(n, h) for
  /// every raced feature, h being the width of the first layer. Between two such models a
  /// difference is one of optimization, not of representation.
  bool sameFunctionsAsOneHot = false;
  std::vector<double> perSeed;  ///< validation metric; NaN where a run diverged
  double mean = 0;              ///< over the seeds that did not diverge; NaN without any
  double standardError = 0;     ///< of the mean; NaN with fewer than two
  double secondsPerEpoch = 0;   ///< median over seeds
  std::int64_t diverged = 0;    ///< runs
};

struct RaceResult {
  RaceRecipe recipe;
  std::string metricName;               ///< "rmse": less is better; "accuracy": more is better
  std::vector<RaceRun> runs;            ///< by contestant, then seed
  std::vector<RaceStanding> standings;  ///< in the order of the contestants
  std::size_t best = 0;  ///< the contestant with the best mean, of those that diverged least often
  /// The best against each other contestant, over the seeds that both finished; positive: the best
  /// is better, by so much of the metric. Empty (pairs = 0) at `best`.
  ///
  /// The intervals hold together with 95 %: each has the confidence 1 − 0.05 / (contestants − 1),
  /// after Bonferroni. That allows for picking the best by looking, too: the contestants that
  /// cannot be told from the best are a set that holds the truly best one with 95 % (Gupta,
  /// Technometrics 1965, doi:10.1080/00401706.1965.10490251), because it is left out only when one
  /// of its own contestants − 1 comparisons errs.
  std::vector<PairedDifference> differences;
  std::string verdict;  ///< for people; says "No difference beyond noise" where that is so
};

bool lessIsBetter(const std::string& metricName);

/// Runs every contestant with every seed, on all threads of base::threadCount().
///
/// Runs start seed by seed, so that early curves compare all contestants, and within a seed the
/// longest first.
///
/// @param listener  may be empty.
/// @return nothing when stopped (within 100 ms, unless a single step or reading the data into a
///         model takes longer); runs that a stop cut short have no RunEnded.
/// @throws Error InvalidArgument: no contestant, no seed, the same contestant or seed twice, an
///         unknown feature, no validation rows; and what the constructor of Trainer throws.
/// Bits do not depend on the number of threads, seconds aside.
std::optional<RaceResult> runRace(const data::DatasetPtr& dataset, const RaceRecipe& recipe,
                                  const base::TaskContext& context,
                                  const RaceListener& listener = {});

}  // namespace embedscope::training
