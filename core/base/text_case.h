// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::base {

/// The text in lower case, character by character, whatever the locale: "KÖNIG" → "könig".
///
/// Characters whose lower case is several characters become its first ("İ" → "i"); bytes that are
/// not UTF-8 stay as they are. Source: Unicode 14.0, UnicodeData.txt, Simple_Lowercase_Mapping.
std::string lowerCased(std::string_view utf8);

/// The text in upper case, as Python's str.upper() has it, whatever the locale: "straße" →
/// "STRASSE".
///
/// A character may become several; bytes that are not UTF-8 stay as they are. Source: Unicode 14.0,
/// UnicodeData.txt, Simple_Uppercase_Mapping, and SpecialCasing.txt without conditions.
std::string upperCased(std::string_view utf8);

/// The text such that texts which differ by case alone become equal, whatever the locale: "Straße",
/// "STRASSE" → "strasse".
///
/// Equal are those that Unicode's full case folding (CaseFolding.txt, C and F) makes equal, and the
/// dotted and dotless i beside; bytes that are not UTF-8 stay as they are.
std::string caseFolded(std::string_view utf8);

/// How many bytes at the beginning of the text are one blank: an ASCII one, or what Unicode calls
/// White_Space. 0 when there is none.
std::size_t blankAtStart(std::string_view utf8);

/// The text without such blanks at its ends.
std::string_view stripped(std::string_view utf8);

/// The words between such blanks; none is empty.
std::vector<std::string_view> blankSeparated(std::string_view utf8);

}  // namespace embedscope::base
