// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/value_counts.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace embedscope::table {

std::vector<std::pair<std::string_view, std::int64_t>> valueCounts(
    const MetadataColumn& column, const base::TaskContext& context) {
  std::unordered_map<std::string_view, std::int64_t> counts;
  for (const std::string& value : column.values) {
    if (context.stopRequested()) {
      return {};
    }
    if (!value.empty()) {
      ++counts[value];
    }
  }
  std::vector<std::pair<std::string_view, std::int64_t>> values(counts.begin(), counts.end());
  std::ranges::sort(values, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return values;
}

}  // namespace embedscope::table
