// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// How many bytes UTF-8 text stands for when its code points are bytes; nothing when one is larger.
std::optional<std::size_t> latin1Size(std::string_view text);

/// Takes the next `count` such bytes off the text, which latin1Size has accepted and which has so
/// many. @param out  gets them appended.
void takeLatin1(std::string_view& text, std::size_t count, std::string& out);

/// The text of bytes that are code points.
std::string textFromLatin1(std::string_view bytes);

}  // namespace embedscope::formats
