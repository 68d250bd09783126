// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/crossover.h"

#include <string>

namespace embedscope::training {

/// What a sweep has shown, in a few sentences for people.
///
/// @param result  all but its sentence.
std::string crossoverSentence(const CrossoverResult& result);

}  // namespace embedscope::training
