// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore/legend_rows.h"

#include <algorithm>
#include <cmath>

namespace embedscope::explore {

namespace {

template <class Value, class Accepts>
table::RowSet rowsWhere(const std::vector<Value>& values, Accepts accepts) {
  table::RowSet rows(std::ssize(values));
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (accepts(values[row])) {
      rows.insert(static_cast<std::int64_t>(row));
    }
  }
  return rows;
}

}  // namespace

table::RowSet rowsWithMarks(const ColorScheme& scheme, int first, int last) {
  return rowsWhere(scheme.marks, [=](int mark) { return first <= mark && mark <= last; });
}

table::RowSet rowsOfOtherEntries(const ColorScheme& scheme, const std::vector<int>& entries) {
  return rowsWhere(scheme.marks, [&](int mark) {
    return mark >= 0 && std::ranges::find(entries, mark) == entries.end();
  });
}

table::RowSet rowsWithNumbers(const ColorScheme& scheme, double low, double high) {
  return rowsWhere(scheme.numbers, [=](double number) { return low <= number && number <= high; });
}

table::RowSet rowsWithoutNumber(const ColorScheme& scheme) {
  return rowsWhere(scheme.numbers, [](double number) { return !std::isfinite(number); });
}

}  // namespace embedscope::explore
