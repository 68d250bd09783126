// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace embedscope::cli {

/// Writes to standard output, in one piece; bytes that are not UTF-8 as \xNN.
void print(std::string_view text);

/// Writes "embedscope-cli: TEXT" as one line to standard error.
void complain(std::string_view text);

/// Draws "\rTEXT 42 %" on standard error; only called when that is a terminal.
void drawProgress(double fraction);

/// Removes what drawProgress drew.
void clearProgress();

bool standardErrorIsTerminal();

/// How many characters (code points) a UTF-8 text has; good enough to line up columns.
std::size_t displayWidth(std::string_view text);

/// The text with blanks after it, `width` characters in all; longer text stays as it is.
std::string padded(std::string_view text, std::size_t width);

}  // namespace embedscope::cli
