// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/recipe.h"

#include <cstdint>

namespace embedscope::training {

/// Numbers in one table or layer; training keeps up to four copies of each.
inline constexpr std::int64_t kLargestParameter = std::int64_t{1} << 28U;

/// Makes sure that a column can enter a model as the recipe asks.
///
/// @param rows        of the data.
/// @param firstWidth  outputs of the first linear layer.
/// @throws Error InvalidArgument: names the feature, what does not fit and what would. NonFinite: a
///         pretrained table that holds NaN or infinity.
void checkFeature(const FeatureRecipe& feature, const data::CategoricalColumn& column,
                  std::int64_t rows, std::int64_t firstWidth);

}  // namespace embedscope::training
