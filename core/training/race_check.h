// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/race.h"

namespace embedscope::training {

/// Makes sure that a race can be run, before anything is trained.
/// @throws Error as runRace.
void checkRace(const data::Dataset& dataset, const RaceRecipe& recipe);

}  // namespace embedscope::training
