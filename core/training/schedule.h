// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/recipe.h"

#include <cstdint>

namespace embedscope::training {

/// The learning rate of one step.
///
/// Cosine is PyTorch's CosineAnnealingLR with T_max = totalSteps and no lower bound, OneCycle its
/// OneCycleLR with the recipe's rate as the largest (Smith and Topin 2017, arXiv 1708.07120);
/// unlike there, momentum does not cycle.
///
/// @param step        counted from 0, below totalSteps.
/// @param totalSteps  ≥ 1; of the whole run, also where early stopping may end it sooner.
double scheduledRate(const OptimizerRecipe& recipe, std::int64_t step, std::int64_t totalSteps);

}  // namespace embedscope::training
