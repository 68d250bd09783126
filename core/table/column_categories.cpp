// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/column_categories.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/table/value_counts.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace embedscope::table {

namespace {

void refuseUnless(bool holds, const MetadataColumn& column, const std::string& why) {
  if (!holds) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "column \"" + base::shownUtf8(column.name) + "\" " + why);
  }
}

}  // namespace

std::optional<ColumnCategories> columnCategories(const MetadataColumn& column,
                                                 const base::TaskContext& context) {
  const auto counts = valueCounts(column, context);
  if (context.stopRequested()) {
    return {};
  }
  refuseUnless(!counts.empty(), column, "holds no value");
  std::unordered_map<std::string_view, std::int32_t> numbers;
  std::int64_t known = 0;
  for (const auto& [value, count] : counts) {
    numbers.emplace(value, static_cast<std::int32_t>(numbers.size()));
    known += count;
  }
  ColumnCategories categories;
  categories.count = static_cast<std::int64_t>(counts.size());
  categories.missing = static_cast<std::int64_t>(column.values.size()) - known;
  refuseUnless(2 * categories.count <= known, column,
               "has " + base::groupedDigits(categories.count) + " different values in " +
                   base::groupedDigits(known) +
                   " rows: they hardly repeat, so they tell no categories apart");
  categories.ofRows.reserve(column.values.size());
  for (const std::string& value : column.values) {
    if (context.stopRequested()) {
      return {};
    }
    categories.ofRows.push_back(value.empty() ? -1 : numbers.at(value));
  }
  return categories;
}

}  // namespace embedscope::table
