// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/race_setup.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <utility>

namespace embedscope::document {

namespace {

using training::Approach;
using training::Contestant;

QString translated(const char* text) {
  return QCoreApplication::translate("RaceSetup", text);
}

std::vector<std::uint64_t> firstSeeds(std::int64_t count) {
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)));
  std::iota(seeds.begin(), seeds.end(), std::uint64_t{1});
  return seeds;
}

/// Those of the chosen features that take part at all; none: all race.
std::vector<std::string> racing(const QStringList& chosen, const QStringList& categorical) {
  std::vector<std::string> names;
  for (const QString& name : chosen) {
    if (categorical.contains(name)) {
      names.push_back(name.toStdString());
    }
  }
  return names;
}

/// The plan of one run without what an earlier race left in it.
std::variant<RunPlan, QString> planBase(TrainingSetup training, const data::DataTable* table,
                                        std::span<const FeaturePtr> features,
                                        std::int64_t patience) {
  training.contestant.reset();
  training.recipe.patience = patience;
  auto plan = planRun(training, table, features);
  if (std::holds_alternative<RunPlan>(plan) && training.categorical.isEmpty()) {
    return translated("Choose at least one column of categories to learn from.");
  }
  return plan;
}

std::vector<std::int64_t> CrossoverSetup::* valuesAlong(CrossoverSetup::Axis axis) {
  switch (axis) {
    case CrossoverSetup::Axis::RowsPerCategory:
      return &CrossoverSetup::rowCounts;
    case CrossoverSetup::Axis::Dimension:
      return &CrossoverSetup::sizes;
    case CrossoverSetup::Axis::Categories:
      break;
  }
  return &CrossoverSetup::categoryCounts;
}

QString validationProblem() {
  return translated("Approaches are judged by validation rows. Set a share above 0 %.");
}

QString contestantProblem(const RaceSetup& race, std::size_t count, std::size_t most) {
  if ((race.pretrainedFrozen || race.pretrainedTuned) && !race.pretrained) {
    return translated("Choose the open table that the pretrained approach starts from.");
  }
  if (race.random && race.sizes.empty()) {
    return translated("Give the sizes of the random approaches, such as 1, 2, 4, 8.");
  }
  if (count == 0) {
    return translated("Tick at least one approach.");
  }
  if (count > most) {
    return translated(
               "At most %1 approaches can race, so that no two curves look the same; "
               "%2 are chosen.")
        .arg(most)
        .arg(count);
  }
  return {};
}

}  // namespace

std::vector<Contestant> contestantsOf(const RaceSetup& setup) {
  std::vector<Contestant> contestants;
  const auto add = [&](bool wanted, Approach approach, std::int64_t dimension, bool frozen) {
    if (wanted) {
      Contestant contestant;
      contestant.approach = approach;
      contestant.dimension = dimension;
      contestant.frozen = frozen;
      if (approach == Approach::Pretrained) {
        contestant.pretrained = setup.pretrained;
      }
      contestants.push_back(std::move(contestant));
    }
  };
  const std::int64_t any = Contestant{}.dimension;
  add(setup.oneHot, Approach::OneHot, any, false);
  add(setup.identity, Approach::Identity, any, false);
  add(setup.identityFrozen, Approach::Identity, any, true);
  for (const std::int64_t size : setup.sizes) {
    add(setup.random, Approach::Random, size, false);
  }
  add(setup.pretrainedFrozen, Approach::Pretrained, any, true);
  add(setup.pretrainedTuned, Approach::Pretrained, any, false);
  return contestants;
}

std::variant<RacePlan, QString> planRace(const TrainingSetup& training, const RaceSetup& race,
                                         const data::DataTable* table,
                                         std::span<const FeaturePtr> features,
                                         std::size_t mostContestants) {
  auto base = planBase(training, table, features, race.patience);
  if (const QString* problem = std::get_if<QString>(&base)) {
    return *problem;
  }
  RacePlan plan;
  plan.selection = std::move(std::get<RunPlan>(base).selection);
  plan.recipe.base = std::move(std::get<RunPlan>(base).recipe);
  plan.recipe.contestants = contestantsOf(race);
  plan.recipe.features = racing(race.features, training.categorical);
  plan.recipe.seeds = firstSeeds(race.seeds);
  const QString problem = contestantProblem(race, plan.recipe.contestants.size(), mostContestants);
  if (!problem.isEmpty()) {
    return problem;
  }
  if (plan.recipe.base.validationShare <= 0) {
    return validationProblem();
  }
  return plan;
}

const std::vector<std::int64_t>& CrossoverSetup::values() const {
  return this->*valuesAlong(axis);
}

std::vector<std::int64_t>& CrossoverSetup::values() {
  return this->*valuesAlong(axis);
}

std::variant<CrossoverPlan, QString> planCrossover(const TrainingSetup& training,
                                                   const CrossoverSetup& crossover,
                                                   const data::DataTable* table,
                                                   std::span<const FeaturePtr> features) {
  CrossoverPlan plan;
  training::CrossoverRecipe& recipe = plan.recipe;
  recipe.axis = crossover.axis;
  recipe.values = crossover.values();
  recipe.seeds = firstSeeds(crossover.seeds);
  recipe.baseline.approach = crossover.againstIdentity ? Approach::Identity : Approach::OneHot;
  recipe.challenger.approach = Approach::Random;
  recipe.challenger.dimension = crossover.dimension;
  if (crossover.needsData()) {
    auto base = planBase(training, table, features, crossover.patience);
    if (const QString* problem = std::get_if<QString>(&base)) {
      return *problem;
    }
    plan.selection = std::move(std::get<RunPlan>(base).selection);
    recipe.base = std::move(std::get<RunPlan>(base).recipe);
    recipe.features = racing(crossover.features, training.categorical);
  } else {
    recipe.base = training.recipe;
    // Numbers from N(0, 1) are large beside what a few rows can move.
    training::FeatureRecipe start;
    start.initialization = training::Initialization::Uniform;
    recipe.base.features = {start};
    recipe.base.loss.reset();  // chosen for the own data
    recipe.base.patience = crossover.patience;
    recipe.generated.kind = data::GeneratedKind::LatentFactors;
    recipe.generated.categories = crossover.categories;
    recipe.generated.rowsPerCategory = crossover.rowsPerCategory;
    recipe.generated.latentRank = crossover.rank;
    recipe.generated.noise = crossover.noise;
  }
  if (recipe.values.size() < 2) {
    return translated("Give at least two values to measure at.");
  }
  if (recipe.base.validationShare <= 0) {
    return validationProblem();
  }
  return plan;
}

}  // namespace embedscope::document
