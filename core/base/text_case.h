// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace embedscope::base {

/// The text in lower case, character by character, whatever the locale: "KÖNIG" → "könig".
///
/// Characters whose lower case is several characters become its first ("İ" → "i"); bytes that are
/// not UTF-8 stay as they are. Source: Unicode 14.0, UnicodeData.txt, Simple_Lowercase_Mapping.
std::string lowerCased(std::string_view utf8);

/// The text without blanks at its ends: ASCII ones, and what Unicode calls White_Space.
std::string_view stripped(std::string_view utf8);

}  // namespace embedscope::base
