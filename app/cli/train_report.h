// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/train_options.h"
#include "core/training/trainer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace embedscope::cli {

/// A table that was written: its feature by position, and where it is.
struct WrittenTable {
  std::size_t feature = 0;
  std::filesystem::path path;
};

/// A run that has ended, with what a person should know beside its numbers.
struct TrainRun {
  const TrainOptions& options;
  const data::DatasetSelection& selection;
  const training::Trainer& trainer;
  std::vector<training::Caution> cautions;
};

/// The recipe of the run, as run.json and manifests have it.
std::string trainRecipe(const TrainRun& run);

/// The text of run.json; its keys are documented in app/cli/README.md.
std::string trainJson(const TrainRun& run, const std::vector<WrittenTable>& tables);

/// The text of split.csv: a header, then one line for each row that took part, counted from 1 as in
/// the data, and "training" or "validation".
std::string splitText(const training::Trainer& trainer);

/// What a person wants to know of a run, at most about twenty of its epochs.
std::string trainSummary(const TrainRun& run, const std::vector<WrittenTable>& tables);

}  // namespace embedscope::cli
