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

/// The text of run.json; its keys are documented in app/cli/README.md.
std::string trainJson(const TrainOptions& options, const training::Trainer& trainer,
                      const std::vector<WrittenTable>& tables);

/// What a person wants to know of a run, at most about twenty of its epochs.
std::string trainSummary(const training::Trainer& trainer, const std::vector<WrittenTable>& tables,
                         const std::filesystem::path& folder);

}  // namespace embedscope::cli
