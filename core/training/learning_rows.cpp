// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/learning_rows.h"

namespace embedscope::training {

std::vector<bool> learningRows(const FeatureRecipe& feature, std::int64_t categories) {
  const bool oneHot = isOneHotInput(feature);
  std::vector<bool> learns(static_cast<std::size_t>(categories), oneHot || !feature.frozen);
  if (oneHot) {
    return learns;
  }
  const auto keep = [&](std::int64_t row) {
    if (row >= 0 && row < categories) {
      learns[static_cast<std::size_t>(row)] = false;
    }
  };
  for (const std::int32_t row : feature.frozenRows) {
    keep(row);
  }
  if (feature.paddingRow) {
    keep(*feature.paddingRow < 0 ? categories + *feature.paddingRow : *feature.paddingRow);
  }
  return learns;
}

}  // namespace embedscope::training
