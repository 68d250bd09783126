// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/initial_table.h"

#include "core/training/initial_table.h"

#include <algorithm>

namespace embedscope::document {

std::int64_t InitialTablePlan::cells() const {
  return labels.size() * training::tableDimension(recipe, categories);
}

InitialTablePlan planInitialTable(const TrainingSetup& setup, const Feature& feature,
                                  std::int64_t mostRows) {
  InitialTablePlan plan;
  plan.recipe = featureRecipe(feature, false);
  plan.categories = static_cast<std::int64_t>(feature.categories.size());
  plan.seed = setup.recipe.seed;
  const auto place = setup.categorical.indexOf(feature.name);
  plan.place = static_cast<std::size_t>(place >= 0 ? place : setup.categorical.size());
  const auto rows = static_cast<std::size_t>(std::min(mostRows, plan.categories));
  for (std::size_t i = 0; i < rows; ++i) {
    plan.labels.append(feature.categories[i].label.toStdString());
  }
  return plan;
}

table::TablePtr makeInitialTable(const InitialTablePlan& plan) {
  return std::make_shared<const table::EmbeddingTable>(
      plan.recipe.name, plan.labels,
      training::initialTable(plan.recipe, plan.labels, plan.seed, plan.place, plan.categories));
}

}  // namespace embedscope::document
