// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/subcommand.h"

#include <CLI/CLI.hpp>

namespace embedscope::cli {

void addProduct(CLI::App&, Globals&) {}

}  // namespace embedscope::cli
