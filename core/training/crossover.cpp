// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/crossover.h"

#include "core/base/error.h"
#include "core/training/crossover_sentence.h"
#include "core/training/race_check.h"
#include "core/training/race_runner.h"
#include "core/training/race_standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace embedscope::training {

namespace {

using Axis = CrossoverRecipe::Axis;

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

bool hasCategories(data::GeneratedKind kind) {
  return kind != data::GeneratedKind::TwoValues && kind != data::GeneratedKind::Months;
}

void checkCrossover(const CrossoverRecipe& recipe) {
  if (recipe.values.size() < 2) {
    refuse("a crossover needs at least two values to try");
  }
  if (std::adjacent_find(recipe.values.begin(), recipe.values.end(), std::greater_equal<>()) !=
      recipe.values.end()) {
    refuse("the values of a crossover must rise");
  }
  if (recipe.values.front() < 1) {
    refuse(fmt::format("value {}: must be at least 1", recipe.values.front()));
  }
  if (recipe.seeds.empty()) {
    refuse("a race needs at least one seed");
  }
  if (recipe.axis == Axis::Dimension) {
    if (!recipe.dataset) {
      refuse("a crossover over the dimension needs data");
    }
    if (recipe.challenger.approach != Approach::Random) {
      refuse("a crossover over the dimension needs the approach random as its challenger");
    }
  } else if (recipe.axis == Axis::Categories && !hasCategories(recipe.generated.kind)) {
    refuse("a crossover over the categories needs generated data that can have any number of them");
  }
}

const data::GeneratedInfo& infoOf(data::GeneratedKind kind) {
  const auto kinds = data::generatedKinds();
  return *std::find_if(kinds.begin(), kinds.end(),
                       [kind](const data::GeneratedInfo& info) { return info.kind == kind; });
}

data::DatasetPtr generatedDataset(const data::GeneratedSpec& spec) {
  const data::DataTablePtr table = data::generate(spec);
  data::DatasetSelection selection;
  selection.target = infoOf(spec.kind).target;
  for (std::int64_t column = 0; column < table->columnCount(); ++column) {
    const std::string& name = table->columnName(column);
    if (name == selection.target) {
      continue;
    }
    if (data::summarize(*table, column).kind == data::ColumnKind::Number) {
      selection.numeric.push_back(name);
    } else {
      selection.categorical.push_back({name, {}});
    }
  }
  return data::makeDataset(*table, selection);
}

data::GeneratedSpec specAt(const CrossoverRecipe& recipe, std::int64_t value, std::size_t seed) {
  data::GeneratedSpec spec = recipe.generated;
  (recipe.axis == Axis::Categories ? spec.categories : spec.rowsPerCategory) = value;
  spec.seed += seed;
  return spec;
}

/// The datasets of one value, one for each seed; nothing when stopped.
std::optional<std::vector<data::DatasetPtr>> datasetsAt(const CrossoverRecipe& recipe,
                                                        std::int64_t value,
                                                        const base::TaskContext& context) {
  if (recipe.axis == Axis::Dimension) {
    return std::vector<data::DatasetPtr>(recipe.seeds.size(), recipe.dataset);
  }
  std::vector<data::DatasetPtr> datasets;
  for (std::size_t seed = 0; seed < recipe.seeds.size(); ++seed) {
    if (context.stopRequested()) {
      return {};
    }
    datasets.push_back(generatedDataset(specAt(recipe, value, seed)));
  }
  return datasets;
}

RaceRecipe raceAt(const CrossoverRecipe& recipe, std::int64_t value, const data::Dataset& dataset) {
  RaceRecipe race;
  race.base = recipe.base;
  race.seeds = recipe.seeds;
  race.contestants = {recipe.baseline, recipe.challenger};
  if (recipe.axis == Axis::Dimension) {
    race.features = recipe.features;
    race.contestants.back().dimension = value;
    return race;
  }
  const FeatureRecipe model =
      recipe.base.features.empty() ? FeatureRecipe{} : recipe.base.features.front();
  race.base.features.clear();
  for (const data::CategoricalColumn& column : dataset.categorical) {
    FeatureRecipe feature = model;
    feature.name = column.name;
    race.base.features.push_back(std::move(feature));
  }
  return race;
}

/// What a value costs beside the others, roughly: its rows.
double weightOf(const CrossoverRecipe& recipe, std::int64_t value) {
  return recipe.axis == Axis::Dimension ? 1 : static_cast<double>(value);
}

/// Races at one value after the other.
class Sweep {
 public:
  explicit Sweep(const CrossoverRecipe& recipe) { m_result.recipe = recipe; }

  /// @return false when stopped.
  bool measure(std::int64_t value, const base::TaskContext& context);

  CrossoverResult& result() { return m_result; }

 private:
  CrossoverResult m_result;
  std::optional<RaceStanding> m_baseline;  ///< of the user's data: the same at every value
};

bool Sweep::measure(std::int64_t value, const base::TaskContext& context) {
  const CrossoverRecipe& recipe = m_result.recipe;
  const auto datasets = datasetsAt(recipe, value, context);
  if (!datasets) {
    return false;
  }
  RaceRecipe race = raceAt(recipe, value, *datasets->front());
  for (const data::DatasetPtr& dataset : *datasets) {
    checkRace(*dataset, race);
  }
  if (m_baseline) {
    race.contestants.erase(race.contestants.begin());
  }
  const auto runs = trainAll(*datasets, race, context, {});
  if (!runs) {
    return false;
  }
  m_result.metricName = runs->front().metricName;
  const std::size_t challenger = race.contestants.size() - 1;
  CrossoverPoint point;
  point.value = value;
  point.baseline = m_baseline ? *m_baseline : standingOf(race, 0, *datasets->front(), *runs);
  point.challenger = standingOf(race, challenger, *datasets->front(), *runs);
  point.challenger.contestant = 1;
  point.difference = leadOf(point.challenger, point.baseline, m_result.metricName);
  if (recipe.axis == Axis::Dimension) {
    m_baseline = point.baseline;
  }
  m_result.points.push_back(std::move(point));
  return true;
}

}  // namespace

std::optional<CrossoverResult> measureCrossover(
    const CrossoverRecipe& recipe, const base::TaskContext& context,
    const std::function<void(const CrossoverPoint& point)>& listener) {
  checkCrossover(recipe);
  double total = 0;
  for (const std::int64_t value : recipe.values) {
    total += weightOf(recipe, value);
  }
  Sweep sweep(recipe);
  double done = 0;
  for (const std::int64_t value : recipe.values) {
    const double next = done + weightOf(recipe, value);
    if (!sweep.measure(value, context.part(done / total, std::min(next / total, 1.0)))) {
      return {};
    }
    done = next;
    if (listener) {
      listener(sweep.result().points.back());
    }
  }
  CrossoverResult result = std::move(sweep.result());
  static_cast<CrossoverEstimate&>(result) = estimateCrossover(recipe.axis, result.points);
  result.sentence = crossoverSentence(result);
  return result;
}

}  // namespace embedscope::training
