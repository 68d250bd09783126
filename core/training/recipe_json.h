// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/recipe.h"

#include <string>
#include <vector>

namespace embedscope::training {

/// What a recipe does not say: where the numbers came from.
struct RecipeSources {
  std::string data;                       ///< a file, or words
  data::DatasetSelection selection;       ///< its features in the recipe's order
  std::vector<std::string> pretrained;    ///< by feature: what its table started from, or nothing
  std::vector<std::string> vocabularies;  ///< by feature: the file of its categories, or nothing
};

/// Everything that is needed to do a run again, as a JSON object. Its keys are those of `recipe` in
/// app/cli/README.md; what was not asked for is null.
std::string recipeJson(const TrainingRecipe& recipe, const data::Dataset& dataset,
                       const RecipeSources& sources);

}  // namespace embedscope::training
