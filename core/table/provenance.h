// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace embedscope::table {

/// Where the numbers of a table came from.
struct Provenance {
  std::string source;                 ///< a file, or words: "run 3 · step 1,200"
  std::string recipe;                 ///< of training, a JSON object; empty when there was none
  std::optional<std::uint64_t> seed;  ///< of training
};

}  // namespace embedscope::table
