// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race_verdict.h"

#include "core/base/text.h"
#include "core/training/race_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace embedscope::training {

namespace {

/// More names than this in a row are cut short.
constexpr std::size_t kMostNames = 4;

/// Fewer seeds than this leave intervals so wide that they hide nearly everything.
constexpr std::int64_t kFewSeeds = 3;

using Standings = std::vector<const RaceStanding*>;

/// Decimals for the means of a difference: enough for it, and for three digits of the better mean
/// as long as that is not many more.
int decimalsOfMeans(const RaceStanding& best, const PairedDifference& difference) {
  const int least = decimalsOf(difference);
  return best.mean == 0 ? least
                        : std::clamp(decimalsFor(std::abs(best.mean) / 10), least, least + 2);
}

/// "a", "a and b", "a, b and c", "a, b, c, d and 3 more".
std::string listed(const Standings& standings) {
  const std::size_t shown = std::min(standings.size(), kMostNames);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == standings.size();
    text += (i == 0 ? "" : last ? " and " : ", ") + nameInSentence(standings[i]->name);
  }
  return shown == standings.size() ? text
                                   : text + fmt::format(" and {} more", standings.size() - shown);
}

/// The contestants of a race, sorted by what can be said of them.
struct Field {
  explicit Field(const RaceResult& result) : best(&result.standings[result.best]) {
    for (const RaceStanding& standing : result.standings) {
      const PairedDifference& lead = result.differences[standing.contestant];
      if (&standing == best) {
        continue;
      }
      if (standing.diverged > best->diverged || (lead.pairs < 2 && standing.perSeed.size() > 1)) {
        unreliable.push_back(&standing);
      } else if (lead.isBeyondNoise()) {
        behind.push_back(&standing);
      } else {
        level.push_back(&standing);
      }
    }
    const auto byMean = [&](const RaceStanding* a, const RaceStanding* b) {
      return lessIsBetter(result.metricName) ? a->mean < b->mean : a->mean > b->mean;
    };
    std::stable_sort(behind.begin(), behind.end(), byMean);
    std::stable_sort(level.begin(), level.end(), byMean);
  }

  const RaceStanding* best;
  Standings level;       ///< cannot be told from the best
  Standings behind;      ///< worse beyond noise
  Standings unreliable;  ///< diverged so often that it cannot be judged
};

/// ", 5 seeds, allowing for 3 comparisons"
std::string basis(const RaceResult& result, const PairedDifference& difference) {
  std::string text = fmt::format(", {} seeds", difference.pairs);
  const std::size_t comparisons = result.standings.size() - 1;
  return comparisons > 1 ? text + fmt::format(", allowing for {} comparisons", comparisons) : text;
}

/// "0.0123 (95 % interval 0.0081 to 0.0165, 5 seeds, allowing for 3 comparisons)"
std::string leadText(const RaceResult& result, const RaceStanding& other) {
  const PairedDifference& lead = result.differences[other.contestant];
  std::string text = differenceText(lead);
  if (text.ends_with(')')) {
    text.pop_back();
    text += basis(result, lead) + ")";
  }
  return text;
}

std::string winnerSentence(const RaceResult& result, const Field& field) {
  const RaceStanding& best = *field.best;
  const RaceStanding& runnerUp = *field.behind.front();
  const int decimals = decimalsOfMeans(best, result.differences[runnerUp.contestant]);
  return fmt::format(
      "{} is best beyond noise: validation {} {} against {} of {}{}, a paired "
      "difference of {}.",
      capitalized(nameInSentence(best.name)), metricTitle(result.metricName),
      fixedText(best.mean, decimals), fixedText(runnerUp.mean, decimals),
      nameInSentence(runnerUp.name), field.behind.size() > 1 ? ", the runner-up" : "",
      leadText(result, runnerUp));
}

bool sameBits(const RaceStanding& a, const RaceStanding& b) {
  return a.diverged == 0 && a.perSeed == b.perSeed;
}

std::string levelSentence(const RaceResult& result, const Field& field) {
  Standings together = {field.best};
  together.insert(together.end(), field.level.begin(), field.level.end());
  if (std::all_of(field.level.begin(), field.level.end(),
                  [&](const RaceStanding* each) { return sameBits(*each, *field.best); })) {
    return fmt::format(
        "No difference beyond noise, nor any at all: {} have the same {} with every "
        "seed, to the last bit.",
        listed(together), metricTitle(result.metricName));
  }
  const RaceStanding& smallest = **std::min_element(
      together.begin(), together.end(),
      [](const RaceStanding* a, const RaceStanding* b) { return a->parameters < b->parameters; });
  const RaceStanding& compared =
      &smallest == field.best || sameBits(smallest, *field.best) ? *field.level.front() : smallest;
  const PairedDifference& lead = result.differences[compared.contestant];
  const int decimals = decimalsOfMeans(*field.best, lead);
  std::string text = fmt::format(
      "No difference beyond noise between {}: validation {} {} of {} against {} of {}, a paired "
      "difference of {}.",
      listed(together), metricTitle(result.metricName), fixedText(field.best->mean, decimals),
      nameInSentence(field.best->name), fixedText(compared.mean, decimals),
      nameInSentence(compared.name), leadText(result, compared));
  text += fmt::format(" The smallest of them is {} with {} parameters.",
                      nameInSentence(smallest.name), base::groupedDigits(smallest.parameters));
  if (!field.behind.empty()) {
    text += fmt::format(" {} {} worse beyond noise.", capitalized(listed(field.behind)),
                        field.behind.size() == 1 ? "is" : "are");
  }
  return text;
}

/// A difference that has been found, but cannot be one of representation.
std::string optimizationSentence(const Field& field) {
  Standings same;
  std::copy_if(field.behind.begin(), field.behind.end(), std::back_inserter(same),
               [](const RaceStanding* each) { return each->sameFunctionsAsOneHot; });
  if (!field.best->sameFunctionsAsOneHot || same.empty()) {
    return {};
  }
  return fmt::format(
      " The difference to {} can only be one of optimization (start, learning rate, epochs), not "
      "of "
      "representation: with d ≥ min(n, h) these models can become the same functions.",
      listed(same));
}

std::string divergenceSentence(const RaceResult& result) {
  std::string text;
  for (const RaceStanding& standing : result.standings) {
    if (standing.diverged > 0) {
      text += fmt::format(" {} diverged with {} of {} seeds.",
                          capitalized(nameInSentence(standing.name)), standing.diverged,
                          standing.perSeed.size());
    }
  }
  return text;
}

/// With early stopping: contestants most of whose runs were at their best when the epochs were
/// over.
Standings cutShort(const RaceResult& result) {
  const TrainingRecipe& base = result.recipe.base;
  Standings standings;
  for (const RaceStanding& standing : result.standings) {
    const auto cut = std::count_if(result.runs.begin(), result.runs.end(), [&](const RaceRun& run) {
      return run.contestant == standing.contestant && run.bestEpoch == base.epochs;
    });
    if (base.patience > 0 && 2 * cut > static_cast<std::int64_t>(standing.perSeed.size())) {
      standings.push_back(&standing);
    }
  }
  return standings;
}

std::string budgetSentence(const RaceResult& result) {
  const Standings standings = cutShort(result);
  if (standings.empty()) {
    return {};
  }
  return fmt::format(
      " The {} epochs ended while {} still improved; more of them may change this picture.",
      result.recipe.base.epochs,
      standings.size() == result.standings.size() ? "all" : listed(standings));
}

std::string everyRunDiverged(const RaceResult& result) {
  const double rate = result.recipe.base.optimizer.learningRate;
  return fmt::format(
      "Every run diverged: there is nothing to compare. Most likely the learning rate {} is too "
      "high; try {}.",
      rate, rate / 10);
}

std::string oneSeedSentence(const RaceResult& result, const Field& field) {
  return fmt::format(
      "One seed cannot tell a difference from noise: {} came first with a validation {} of {}, "
      "before {} with {}. Race at least {} seeds, better 5.",
      nameInSentence(field.best->name), metricTitle(result.metricName),
      meanText(field.best->mean, 0), nameInSentence(field.level.front()->name),
      meanText(field.level.front()->mean, 0), kFewSeeds);
}

std::string nobodyElse(const RaceResult& result, const Field& field) {
  const RaceStanding& best = *field.best;
  return fmt::format(
      "{} has a validation {} of {} over {} {}; there is nothing to compare it with.",
      capitalized(nameInSentence(best.name)), metricTitle(result.metricName),
      meanText(best.mean, best.standardError), best.perSeed.size(),
      best.perSeed.size() == 1 ? "seed" : "seeds");
}

std::string mainSentence(const RaceResult& result, const Field& field) {
  if (field.level.empty() && field.behind.empty()) {
    return nobodyElse(result, field);
  }
  if (field.level.empty()) {
    return winnerSentence(result, field) + optimizationSentence(field);
  }
  if (result.differences[field.level.front()->contestant].pairs < 2) {
    return oneSeedSentence(result, field);
  }
  std::string text = levelSentence(result, field) + optimizationSentence(field);
  if (static_cast<std::int64_t>(result.recipe.seeds.size()) < kFewSeeds) {
    text += " Two seeds leave much to chance: more would narrow the interval.";
  }
  return text;
}

}  // namespace

std::string raceVerdict(const RaceResult& result) {
  const Field field(result);
  if (std::isnan(field.best->mean)) {
    return everyRunDiverged(result);
  }
  return mainSentence(result, field) + divergenceSentence(result) + budgetSentence(result);
}

}  // namespace embedscope::training
