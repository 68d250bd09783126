// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv_field.h"

namespace embedscope::formats {

namespace {

bool needsQuotes(std::string_view text, char delimiter) {
  constexpr std::string_view kBlanks(" \t\0", 3);
  return text.empty() || text.find(delimiter) != std::string_view::npos ||
         text.find_first_of("\"\r\n") != std::string_view::npos ||
         kBlanks.find(text.front()) != std::string_view::npos ||
         kBlanks.find(text.back()) != std::string_view::npos;
}

}  // namespace

void appendCsvField(std::string& out, std::string_view text, char delimiter) {
  if (!needsQuotes(text, delimiter)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    out.append(c == '"' ? 2 : 1, c);
  }
  out += '"';
}

}  // namespace embedscope::formats
