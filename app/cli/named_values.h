// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::cli {

/// "a=4": a value for one column. "4": for every column.
struct NamedValue {
  std::optional<std::size_t> column{};  ///< its place; nothing: every column
  std::string value;
};

/// Takes "4,a=2" apart, given once or several times. Columns are found by their whole name, which
/// may hold "=" and "," itself; a value ends at the next comma.
///
/// @param columns  whose names may stand before "=".
/// @param option   for messages: "--dim".
/// @return values for every column first, so that those for one column win when set in order.
/// @throws Error InvalidArgument: a name that is no column's.
std::vector<NamedValue> namedValues(const std::vector<std::string>& given,
                                    const std::vector<std::string>& columns,
                                    std::string_view option);

/// The same where a value may hold commas (a label, a path): every text is one "a=VALUE".
/// @throws Error InvalidArgument: also a text without a column.
std::vector<NamedValue> namedTexts(const std::vector<std::string>& given,
                                   const std::vector<std::string>& columns,
                                   std::string_view option);

/// Places of "a,b", given once or several times; names may hold commas. In the order given, each
/// once.
/// @throws Error InvalidArgument: a name that is no column's.
std::vector<std::size_t> namedColumns(const std::vector<std::string>& given,
                                      const std::vector<std::string>& columns,
                                      std::string_view option);

/// Calls `set(item, text)` for every value.
/// @param items  one for each of the columns.
template <typename Item, typename Set>
void setEach(std::vector<Item>& items, const std::vector<NamedValue>& values, const Set& set) {
  for (const NamedValue& value : values) {
    if (value.column) {
      set(items[*value.column], value.value);
      continue;
    }
    for (Item& item : items) {
      set(item, value.value);
    }
  }
}

/// A number of which the text has to be the whole.
/// @throws Error InvalidArgument: "--dim: "x" is not a whole number".
std::int64_t wholeNumber(const std::string& text, std::string_view option);
double decimalNumber(const std::string& text, std::string_view option);

/// Throws Error InvalidArgument.
[[noreturn]] void refuse(const std::string& sentence);

}  // namespace embedscope::cli
