// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/training_options.h"
#include "core/data/dataset.h"

#include <string>
#include <string_view>

namespace embedscope::cli {

struct Globals;

/// The columns that take part in a training, and their data.
struct TrainingData {
  data::DatasetSelection selection;
  data::DatasetPtr dataset;
};

/// Reads the data file and picks its columns; what is doubtful or was decided is told.
///
/// @param progressShare  how much of the progress the reading takes, in [0, 1].
/// @throws Interrupted when stopped; Error as data::readDelimited, chooseColumns and makeDataset.
TrainingData loadTrainingData(const TrainingOptions& options, const Globals& globals,
                              double progressShare);

/// "warning: …" or "note: …" as a line on standard error, unless the program is to be quiet.
void tell(std::string_view kind, const std::string& sentence, const Globals& globals);

}  // namespace embedscope::cli
