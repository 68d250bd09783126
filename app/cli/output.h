// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace embedscope::cli {

/// Writes to standard output, in one piece.
void print(std::string_view text);

/// Writes "embedscope-cli: TEXT" as one line to standard error.
void complain(std::string_view text);

/// Draws "\rTEXT 42 %" on standard error; only called when that is a terminal.
void drawProgress(double fraction);

/// Removes what drawProgress drew.
void clearProgress();

bool standardErrorIsTerminal();

}  // namespace embedscope::cli
