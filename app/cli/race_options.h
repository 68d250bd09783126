// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/train_options.h"
#include "core/training/race.h"

#include <cstdint>
#include <string>
#include <vector>

namespace embedscope::cli {

struct Globals;

/// Gives the training options the defaults of a race: long enough for every approach to finish,
/// with early stopping.
TrainOptions raceTrainingDefaults();

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
  std::vector<std::string> features;
};

/// Reads the data; columns that race become categorical if they were not.
///
/// @param columns  as they were typed; empty: every categorical column races.
/// @throws Interrupted when stopped; Error as data::readDelimited, selectionOf and recipeOf.
RaceData loadRaceData(const TrainOptions& options, const std::vector<std::string>& columns,
                      const Globals& globals, double progressShare);

}  // namespace embedscope::cli
