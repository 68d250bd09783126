// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/preparation.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace CLI {
class App;
}

namespace embedscope::cli {

/// The options that say how rows are prepared; `preparation` has to live as long as the subcommand.
void addPreparationOptions(CLI::App& command, projection::Preparation& preparation);

/// "centred, first 2 components removed, unit rows", or "rows as they are".
std::string preparationText(const projection::Preparation& preparation);

nlohmann::ordered_json preparationJson(const projection::Preparation& preparation);

}  // namespace embedscope::cli
