// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/race.h"

#include <string>

namespace embedscope::training {

/// What a race has shown, in a few sentences for people: who is better beyond noise and by how
/// much, or that nobody is and which of the equals is the smallest; what a difference can only come
/// from; who diverged.
///
/// @param result  all but its verdict.
std::string raceVerdict(const RaceResult& result);

}  // namespace embedscope::training
