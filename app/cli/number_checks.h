// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace embedscope::cli {

/// A whole number of 1 or more; says so in these words, where CLI11's own check names the largest
/// double.
CLI::Validator atLeastOne();

}  // namespace embedscope::cli
