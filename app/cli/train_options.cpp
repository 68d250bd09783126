// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_options.h"

#include <CLI/CLI.hpp>

namespace embedscope::cli {

void TrainOptions::addTo(CLI::App& command) {
  addDataTo(command);
  addFeaturesTo(command);
  addTrainingTo(command);
  command
      .add_option("-o,--output", output, "Folder for one table per categorical column and run.json")
      ->type_name("DIR")
      ->required();
  command
      .add_option("--format", format, "Format of the tables, as the subcommand formats lists them")
      ->capture_default_str()
      ->type_name("NAME");
  command.add_flag("--manifest", manifest,
                   "Also write a manifest beside every table: recipe, seed, shape, checksums");
  command.add_flag("--write-split", writeSplit,
                   "Also write split.csv: which rows were trained on and which only judged");
  command.add_flag("--json", json, "Print run.json instead of a summary");
}

}  // namespace embedscope::cli
