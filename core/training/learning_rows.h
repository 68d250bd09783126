// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/recipe.h"

#include <cstdint>
#include <vector>

namespace embedscope::training {

/// Which categories training is expected to change: all, except frozen rows, the padding row and,
/// with a frozen table that is not one-hot, none. (With one-hot the layer behind it learns.)
///
/// @param categories  n; rows that the feature names beyond it are ignored.
std::vector<bool> learningRows(const FeatureRecipe& feature, std::int64_t categories);

}  // namespace embedscope::training
