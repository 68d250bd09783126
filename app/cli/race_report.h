// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/race_options.h"
#include "core/training/crossover.h"

#include <string>

namespace embedscope::cli {

/// The results of a race as one JSON object; its keys are documented in app/cli/README.md.
std::string raceJson(const TrainingOptions& options, const RaceData& data,
                     const training::RaceResult& result);

/// The table and the verdict, for people.
std::string raceSummary(const RaceData& data, const training::RaceResult& result);

/// The results of a sweep as one JSON object; its keys are documented in app/cli/README.md.
std::string crossoverJson(const training::CrossoverResult& result);

/// The points and what they show, for people.
std::string crossoverSummary(const training::CrossoverResult& result);

/// "categories", "rows-per-category" or "dimension".
std::string axisName(training::CrossoverRecipe::Axis axis);

}  // namespace embedscope::cli
