// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_preparation.h"

#include "core/training/recipe_json.h"

namespace embedscope::train {

namespace {

/// The names of the tables that features start from.
std::vector<std::string> startsOf(const training::TrainingRecipe& recipe) {
  std::vector<std::string> names;
  for (const training::FeatureRecipe& feature : recipe.features) {
    names.push_back(feature.pretrained ? feature.pretrained->name() : std::string());
  }
  return names;
}

}  // namespace

jobs::TrainingTaskFactory preparedTask(data::DataTablePtr table, std::string data,
                                       document::RunPlan plan, std::shared_ptr<Preparation> found,
                                       std::optional<jobs::ResumePoint> from) {
  return [table = std::move(table), data = std::move(data), plan = std::move(plan),
          found = std::move(found), from = std::move(from)] {
    data::DatasetPtr dataset = datasetOrMissing(*table, plan.selection, found->missing);
    found->skippedRows = dataset->skippedRows;
    found->provenance.seed = plan.recipe.seed;
    found->provenance.recipe = training::recipeJson(
        plan.recipe, *dataset, {data, plan.selection, startsOf(plan.recipe), {}});
    return jobs::trainerTask(std::move(dataset), plan.recipe, from)();
  };
}

}  // namespace embedscope::train
