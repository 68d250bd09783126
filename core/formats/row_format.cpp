// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/row_format.h"

#include "core/base/text.h"

namespace embedscope::formats {

std::optional<RowFault> labelFault(std::string_view label) {
  if (label.size() <= kLongestLabel) {
    return {};
  }
  return RowFault{"the word is longer than the limit of " +
                  base::groupedDigits(static_cast<std::int64_t>(kLongestLabel)) +
                  " bytes; is this a file of vectors?"};
}

RowFault wrongCount(std::int64_t found, std::int64_t expected, const char* one,
                    const char* several) {
  return {std::to_string(found) + " " + (found == 1 ? one : several) + " where " +
              std::to_string(expected) + (expected == 1 ? " is" : " are") + " expected",
          found < expected};
}

std::string shownField(std::string_view field) {
  constexpr std::size_t kLongest = 40;
  std::string text = base::repairedUtf8(field.substr(0, kLongest));
  for (char& c : text) {
    c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  }
  return "\"" + text + (field.size() > kLongest ? "…\"" : "\"");
}

}  // namespace embedscope::formats
