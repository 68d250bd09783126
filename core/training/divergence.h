// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/model.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <string>

namespace embedscope::training {

/// Why a run went wrong, in words: what is not finite, the likely cause, what to try.
///
/// @param model  as it is when the loss is no longer finite.
/// @param step   whose loss is not finite, from 1; 0: the numbers themselves after `stepsTaken`.
std::string divergenceText(const Model<float>& model, const TrainingRecipe& recipe,
                           std::int64_t step, std::int64_t stepsTaken);

}  // namespace embedscope::training
