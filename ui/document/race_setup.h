// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/crossover.h"
#include "core/training/race.h"
#include "ui/document/feature.h"
#include "ui/document/training_setup.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace embedscope::document {

/// What the Train page says about the next race; columns and model come from the training setup.
struct RaceSetup {
  QStringList features;  ///< that race, of the categorical columns; none of them: all
  bool oneHot = true;
  bool identity = true;
  bool identityFrozen = false;
  bool random = true;
  std::vector<std::int64_t> sizes = {1, 2, 4, 8};  ///< d of the random approaches
  bool pretrainedFrozen = false;
  bool pretrainedTuned = false;
  table::TablePtr pretrained;  ///< needed by the two
  std::int64_t seeds = 5;
  std::int64_t patience = 10;  ///< of every run, see TrainingRecipe
};

/// The approaches that a setup names, in the order of its members.
std::vector<training::Contestant> contestantsOf(const RaceSetup& setup);

/// Everything that a race needs.
struct RacePlan {
  data::DatasetSelection selection;
  training::RaceRecipe recipe;
};

/// Puts the setups, the data and the features together. Seeds are 1, 2, 3, …
///
/// @param mostContestants  how many can be told apart.
/// @return the plan, or a sentence that says what is missing and what to do.
std::variant<RacePlan, QString> planRace(const TrainingSetup& training, const RaceSetup& race,
                                         const data::DataTable* table,
                                         std::span<const FeaturePtr> features,
                                         std::size_t mostContestants);

/// What the Train page says about the next measurement of a crossover.
struct CrossoverSetup {
  using Axis = training::CrossoverRecipe::Axis;

  Axis axis = Axis::Categories;
  std::vector<std::int64_t> categoryCounts = {10, 30, 100, 300, 1000};
  std::vector<std::int64_t> rowCounts = {2, 5, 10, 20, 50, 100};
  std::vector<std::int64_t> sizes = {1, 2, 4, 8, 16};
  std::int64_t categories = 32;       ///< of generated data, unless they are the axis
  std::int64_t rowsPerCategory = 20;  ///< likewise
  std::int64_t rank = 2;              ///< hidden dimensions of generated data
  double noise = 0.1;                 ///< of generated data
  std::int64_t dimension = 2;         ///< of the embedding, unless it is the axis
  bool againstIdentity = false;       ///< baseline: identity-initialized instead of one-hot
  QStringList features;               ///< Dimension: which race; none: all
  std::int64_t seeds = 5;
  std::int64_t patience = 10;

  /// Those along the axis.
  const std::vector<std::int64_t>& values() const;
  std::vector<std::int64_t>& values();

  bool needsData() const { return axis == Axis::Dimension; }
};

/// Everything that a measurement needs; `recipe.dataset` is still to be made from `selection` when
/// the axis is Dimension.
struct CrossoverPlan {
  data::DatasetSelection selection;
  training::CrossoverRecipe recipe;
};

/// As planRace. @param table  used along Dimension only.
std::variant<CrossoverPlan, QString> planCrossover(const TrainingSetup& training,
                                                   const CrossoverSetup& crossover,
                                                   const data::DataTable* table,
                                                   std::span<const FeaturePtr> features);

}  // namespace embedscope::document
