// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_loading.h"

#include "app/cli/column_choice.h"
#include "app/cli/output.h"
#include "app/cli/subcommand.h"
#include "core/data/delimited.h"

#include <optional>
#include <utility>
#include <vector>

namespace embedscope::cli {

TrainingData loadTrainingData(const TrainingOptions& options, const Globals& globals,
                              double progressShare) {
  const std::optional<data::LoadedData> loaded =
      data::readDelimited(options.data, {}, globals.context.part(0, progressShare));
  if (!loaded) {
    throw Interrupted();
  }
  for (const data::DataWarning& warning : loaded->warnings) {
    tell("warning", warning.place.text() + ": " + warning.text, globals);
  }
  ColumnChoice choice = chooseColumns(options, *loaded->table);
  const data::DatasetPtr dataset = data::makeDataset(*loaded->table, choice.selection);
  for (const std::vector<std::string>& notes : {choice.notes, dataset->notes}) {
    for (const std::string& note : notes) {
      tell("note", note, globals);
    }
  }
  return {std::move(choice.selection), dataset};
}

void tell(std::string_view kind, const std::string& sentence, const Globals& globals) {
  if (!globals.quiet) {
    complain(std::string(kind) + ": " + sentence);
  }
}

}  // namespace embedscope::cli
