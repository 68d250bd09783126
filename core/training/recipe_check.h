// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/recipe.h"

namespace embedscope::training {

/// Makes sure that a recipe can be run on this data, before anything is allocated for it.
///
/// @throws Error InvalidArgument: names the field of the recipe or the part of the data that does
///         not fit, and what would. NonFinite: a number of the data is NaN or infinite (names
///         column and row).
void checkRecipe(const data::Dataset& dataset, const TrainingRecipe& recipe);

/// The part of it that concerns the optimizer. @throws Error InvalidArgument.
void checkOptimizer(const OptimizerRecipe& optimizer);

}  // namespace embedscope::training
