// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/model.h"
#include "core/training/recipe.h"

namespace embedscope::training {

/// Gives every parameter its first numbers, from streams of `recipe.seed`.
///
/// Tables start as their feature asks; weights and biases of linear layers are uniform in
/// ±1/√inputs, as in PyTorch's nn.Linear. The weights of a one-hot feature belong to the first
/// linear layer and start the same way.
///
/// @param model  built from this recipe and this data.
void initialize(const TrainingRecipe& recipe, const data::Dataset& dataset, Model<float>& model);

}  // namespace embedscope::training
