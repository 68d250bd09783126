// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/vocabulary.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::training {

/// “text”
std::string inQuotes(std::string_view text);

/// "1 category", "1,115 categories".
std::string counted(std::int64_t number, const char* one, const char* many);

/// The first three labels: "“A”, “B”, “C” and 9 more".
std::string examples(const table::Vocabulary& vocabulary, const std::vector<std::int64_t>& codes);

}  // namespace embedscope::training
