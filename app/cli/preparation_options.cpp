// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/preparation_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <vector>

namespace embedscope::cli {

void addPreparationOptions(CLI::App& command, projection::Preparation& preparation) {
  command.add_flag("--centre", preparation.centre,
                   "Before the projection: subtract the mean of all rows");
  command
      .add_option("--remove-components", preparation.removedComponents,
                  "Before the projection: centre, and remove what lies along the first K principal "
                  "components")
      ->type_name("K")
      ->check(CLI::NonNegativeNumber);
  command.add_flag("--unit-rows", preparation.unitRows,
                   "Before the projection, after the other two: scale every row to length 1");
}

std::string preparationText(const projection::Preparation& preparation) {
  std::vector<std::string> steps;
  if (preparation.centres()) {
    steps.emplace_back("centred");
  }
  if (preparation.removedComponents == 1) {
    steps.emplace_back("first component removed");
  } else if (preparation.removedComponents > 1) {
    steps.push_back(fmt::format("first {} components removed", preparation.removedComponents));
  }
  if (preparation.unitRows) {
    steps.emplace_back("unit rows");
  }
  return steps.empty() ? "rows as they are" : fmt::format("{}", fmt::join(steps, ", "));
}

nlohmann::ordered_json preparationJson(const projection::Preparation& preparation) {
  return {{"centred", preparation.centres()},
          {"removedComponents", preparation.removedComponents},
          {"unitRows", preparation.unitRows}};
}

}  // namespace embedscope::cli
