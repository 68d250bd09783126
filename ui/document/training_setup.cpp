// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/training_setup.h"

#include <QCoreApplication>

#include <algorithm>

namespace embedscope::document {

namespace {

constexpr std::int64_t kMostCategories = 1000;
constexpr double kLearningRate = 0.01;
constexpr std::int64_t kSmallTable = 8000;  // rows
constexpr std::int64_t kSmallBatch = 32;
constexpr std::int64_t kEnoughSteps = 3000;  // for a small network to settle
constexpr std::int64_t kFewestEpochs = 20;
constexpr std::int64_t kMostEpochs = 200;
constexpr std::int64_t kGeneratedBatch = 64;
constexpr std::int64_t kGeneratedEpochs = 300;  // at most: crossovers stop early

QString translated(const char* text) {
  return QCoreApplication::translate("TrainingSetup", text);
}

FeaturePtr featureNamed(std::span<const FeaturePtr> features, const QString& name) {
  const auto it = std::ranges::find_if(features, [&](const auto& f) { return f->name == name; });
  return it == features.end() ? nullptr : *it;
}

/// Small tables get small batches and more epochs, so that every table sees enough steps.
void suggestLength(training::TrainingRecipe& recipe, std::int64_t rows) {
  if (rows <= kSmallTable) {
    recipe.batchSize = kSmallBatch;
  }
  const double trainRows = (1 - recipe.validationShare) * static_cast<double>(rows);
  const std::int64_t stepsPerEpoch =
      std::max<std::int64_t>(1, static_cast<std::int64_t>(trainRows) / recipe.batchSize);
  recipe.epochs = std::clamp(kEnoughSteps / stepsPerEpoch, kFewestEpochs, kMostEpochs);
}

/// Rows that stay as they are, and the other options of the layer that looks vectors up.
void setLayerOptions(const Feature& feature, training::FeatureRecipe& recipe) {
  for (std::size_t i = 0; i < feature.categories.size(); ++i) {
    if (feature.categories[i].frozen && !feature.frozen) {
      recipe.frozenRows.push_back(static_cast<std::int32_t>(i));
    }
    if (feature.categories[i].padding) {
      recipe.paddingRow = static_cast<std::int64_t>(i);
    }
  }
  recipe.maxNorm = feature.maxNorm;
  recipe.normType = feature.normType;
  recipe.scaleGradientByFrequency = feature.scaleGradientByFrequency;
}

/// What a race would train, so that one run repeats it to the last bit.
training::TrainingRecipe withContestant(training::TrainingRecipe recipe,
                                        const ChosenContestant& chosen) {
  training::RaceRecipe race;
  for (const QString& name : chosen.features) {
    race.features.push_back(name.toStdString());
  }
  race.seeds = {recipe.seed};
  race.base = std::move(recipe);
  race.contestants = {chosen.contestant};
  return training::runRecipe(race, 0, 0);
}

}  // namespace

bool isLossForLabels(const std::optional<training::LossKind>& loss) {
  return loss == training::LossKind::CrossEntropy || loss == training::LossKind::BinaryCrossEntropy;
}

training::FeatureRecipe featureRecipe(const Feature& feature, bool oneHot) {
  training::FeatureRecipe recipe;
  recipe.name = feature.name.toStdString();
  recipe.dimension = feature.effectiveDimension();
  recipe.initialization = feature.initialization;
  recipe.unseen = feature.unseen;
  if (oneHot) {
    recipe.approach = training::Approach::OneHot;
    return recipe;
  }
  recipe.frozen = feature.frozen;
  if (isFrozenOneHot(feature)) {
    recipe.approach = training::Approach::Identity;
    return recipe;
  }
  if (feature.initialization == training::Initialization::FromTable) {
    recipe.approach = training::Approach::Pretrained;
    recipe.pretrained = feature.source;
  }
  setLayerOptions(feature, recipe);
  return recipe;
}

bool isFrozenOneHot(const Feature& feature) {
  return feature.frozen && !feature.maxNorm && feature.startsAsFullIdentity() &&
         feature.initialization == training::Initialization::Identity;
}

std::variant<RunPlan, QString> planRun(const TrainingSetup& setup, const data::DataTable* table,
                                       std::span<const FeaturePtr> features) {
  if (table == nullptr) {
    return translated("There is no data yet. Open a table (CSV, TSV) or generate one.");
  }
  if (setup.target.isEmpty()) {
    return translated("Choose the column to predict.");
  }
  if (setup.categorical.isEmpty() && setup.numeric.isEmpty()) {
    return translated("Choose at least one column to learn from.");
  }
  RunPlan plan;
  plan.recipe = setup.recipe;
  plan.recipe.features.clear();
  plan.selection.target = setup.target.toStdString();
  plan.selection.classify = isLossForLabels(setup.recipe.loss);
  for (const QString& column : setup.categorical) {
    const FeaturePtr feature = featureNamed(features, column);
    if (!feature) {
      return translated("Column “%1” has no feature. Tick it again to define one.").arg(column);
    }
    if (feature->categories.empty()) {
      return translated("Feature “%1” has no categories. Add some on the Define page.").arg(column);
    }
    plan.selection.categorical.push_back({column.toStdString(), feature->vocabulary()});
    plan.recipe.features.push_back(featureRecipe(*feature, setup.oneHot));
  }
  for (const QString& column : setup.numeric) {
    plan.selection.numeric.push_back(column.toStdString());
  }
  if (setup.contestant) {
    plan.recipe = withContestant(std::move(plan.recipe), *setup.contestant);
  }
  return plan;
}

TrainingSetup initialSetup() {
  TrainingSetup setup;
  setup.recipe.optimizer.learningRate = kLearningRate;
  setup.recipe.batchSize = kGeneratedBatch;
  setup.recipe.epochs = kGeneratedEpochs;
  return setup;
}

TrainingSetup suggestedSetup(const data::DataTable& table,
                             std::span<const data::ColumnSummary> columns, const QString& target) {
  TrainingSetup setup;
  setup.recipe.optimizer.learningRate = kLearningRate;
  suggestLength(setup.recipe, table.rowCount());
  if (table.columnCount() == 0) {
    return setup;
  }
  setup.target =
      target.isEmpty() ? QString::fromStdString(table.columnName(table.columnCount() - 1)) : target;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    const QString name = QString::fromStdString(table.columnName(column));
    const data::ColumnSummary& summary = columns[static_cast<std::size_t>(column)];
    if (name == setup.target || summary.distinct == 0) {
      continue;
    }
    if (summary.kind == data::ColumnKind::Number) {
      setup.numeric += name;
    } else if (summary.distinct <= kMostCategories) {
      setup.categorical += name;
    }
  }
  return setup;
}

}  // namespace embedscope::document
