// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/training_options.h"

#include <filesystem>
#include <string>

namespace embedscope::cli {

/// What `train` was asked to do, as it was typed.
struct TrainOptions : TrainingOptions {
  std::filesystem::path output;
  std::string format = "csv";
  bool writeSplit = false;
  bool manifest = false;
  bool json = false;

  /// Adds all options to the subcommand; this object has to live as long as that.
  void addTo(CLI::App& command);
};

}  // namespace embedscope::cli
