// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace embedscope::evaluation {

/// Hands every line of a text to `visit(line, number)`, numbered from 1, without its line end (LF
/// or CRLF) and without a byte order mark.
template <typename Visit>
void eachLine(std::string_view text, const Visit& visit) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    visit(line, number);
  }
}

}  // namespace embedscope::evaluation
