// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/training_options.h"
#include "core/training/caution.h"
#include "core/training/race.h"

#include <cstdint>
#include <string>
#include <vector>

namespace embedscope::cli {

struct Globals;

/// The training options with the defaults of a race: epochs enough for every approach to finish,
/// and early stopping.
TrainingOptions raceTrainingDefaults();

/// The approach with the name that the command line gives it: "one-hot", "identity", "random" or
/// "pretrained", the last three also with "-frozen" behind.
///
/// @param dimension  for random.
/// @throws Error InvalidArgument, with the names there are.
training::Contestant contestantNamed(const std::string& name, std::int64_t dimension);

/// The name that `contestantNamed` takes.
std::string approachOptionOf(const training::Contestant& contestant);

/// first, first + 1, … @throws Error InvalidArgument unless 1 ≤ count ≤ 1,000.
std::vector<std::uint64_t> seedsFrom(std::uint64_t first, std::int64_t count);

/// The data that a race runs on, and what races on it.
struct RaceData {
  data::DatasetPtr dataset;
  training::TrainingRecipe base;
  std::vector<std::string> features;        ///< empty: every categorical column
  std::vector<training::Caution> cautions;  ///< with the split of the first seed
};

/// Reads the data; what is doubtful about it is told. Columns that race become categorical if they
/// were not.
///
/// @param columns  that race, as they were typed; empty: every categorical column.
/// @throws Interrupted when stopped; Error as loadTrainingData and recipeOf.
RaceData loadRaceData(TrainingOptions options, const std::vector<std::string>& columns,
                      const Globals& globals, double progressShare);

}  // namespace embedscope::cli
