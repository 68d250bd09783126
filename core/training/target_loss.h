// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/loss_kind.h"
#include "core/training/recipe.h"

#include <cstdint>

namespace embedscope::training {

/// The loss of the recipe; where it leaves the choice, squared error for numbers and softmax
/// cross-entropy for labels.
LossKind lossOf(const TrainingRecipe& recipe, const data::Target& target);

/// Whether a loss judges targets of this kind: squared error and Huber numbers, the others labels.
bool fitsTarget(LossKind loss, data::TargetKind kind);

/// Numbers that the model has to give for one row: one for each class with softmax cross-entropy,
/// otherwise one.
std::int64_t outputCount(LossKind loss, const data::Target& target);

}  // namespace embedscope::training
