// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/caution.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace embedscope::cli {

/// A list of {kind, column, text}; the column is null for what concerns a run as a whole.
nlohmann::ordered_json cautionsJson(const std::vector<training::Caution>& cautions);

}  // namespace embedscope::cli
