// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/race.h"
#include "core/training/recipe.h"
#include "ui/document/feature.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace embedscope::document {

/// An approach taken from a race, for one run: it takes the place of what features say.
struct ChosenContestant {
  QStringList features;  ///< that raced; empty: all
  training::Contestant contestant;
};

/// What the Train page says about the next run: columns and model, but not the features themselves.
struct TrainingSetup {
  QString target;
  QStringList categorical;  ///< columns; the features of the same names say how they enter
  QStringList numeric;
  bool oneHot = false;  ///< every feature as its one-hot row instead of an embedding
  std::optional<ChosenContestant> contestant;  ///< instead of both
  training::TrainingRecipe recipe;             ///< all but its features
};

/// What suits data whose structure is known; whatever is not given stays as usual.
struct TrainingHints {
  std::optional<training::Initialization> initialization;  ///< of the features to be imported
  std::optional<std::int64_t> dimension;                   ///< of the features to be imported
  std::optional<std::vector<std::int64_t>> hidden;
  std::optional<double> learningRate;
};

/// Everything a training session needs.
struct RunPlan {
  data::DatasetSelection selection;
  training::TrainingRecipe recipe;
};

/// True when a loss is one for labels: numbers of the target then count as labels too.
bool isLossForLabels(const std::optional<training::LossKind>& loss);

/// How a feature enters the model. A full identity that is frozen becomes the approach identity,
/// which is one-hot, bit for bit; it needs no options of the layer.
/// @param oneHot  as its one-hot row instead of an embedding.
training::FeatureRecipe featureRecipe(const Feature& feature, bool oneHot);

/// True when the feature's table is the identity and stays so: one-hot by another name.
bool isFrozenOneHot(const Feature& feature);

/// Puts the setup, the data and the features together.
///
/// @return the plan, or a sentence that says what is missing and what to do.
std::variant<RunPlan, QString> planRun(const TrainingSetup& setup, const data::DataTable* table,
                                       std::span<const FeaturePtr> features);

/// The setup before there is data: what suits small generated tables.
TrainingSetup initialSetup();

/// A setup that suits a data table: the named target (or the last column), every other column of
/// labels with at most 1,000 different ones as categorical, every column of numbers as numeric.
/// Batch size and epochs go by the number of rows, for about 3,000 steps within 20 to 200 epochs.
TrainingSetup suggestedSetup(const data::DataTable& table,
                             std::span<const data::ColumnSummary> columns,
                             const QString& target = {});

}  // namespace embedscope::document
