// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/race.h"

#include <optional>
#include <vector>

namespace embedscope::training {

/// Trains every contestant with every seed, on all threads of base::threadCount().
///
/// @param datasets  one for each seed, all of the same columns.
/// @param recipe    has been checked.
/// @return by contestant, then seed; nothing when stopped.
std::optional<std::vector<RaceRun>> trainAll(const std::vector<data::DatasetPtr>& datasets,
                                             const RaceRecipe& recipe,
                                             const base::TaskContext& context,
                                             const RaceListener& listener);

}  // namespace embedscope::training
