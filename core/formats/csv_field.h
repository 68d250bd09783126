// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace embedscope::formats {

/// Appends a text as one field of delimited text, in quotes where it needs them (RFC 4180): when it
/// is empty, holds the delimiter, quotes or line ends, or begins or ends with a blank, which some
/// readers would strip.
void appendCsvField(std::string& out, std::string_view text, char delimiter);

}  // namespace embedscope::formats
