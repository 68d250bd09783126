// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/column_names.h"

#include <algorithm>
#include <unordered_set>

namespace embedscope::data {

ColumnNames uniqueColumnNames(const std::vector<std::string_view>& header) {
  // Names that stand in the header keep their place, also against made-up ones.
  std::unordered_set<std::string_view> taken(header.begin(), header.end());
  std::unordered_set<std::string> given;
  ColumnNames result;
  const auto firstFree = [&](const std::string& stem) {
    std::string name = stem;
    for (int i = 2; taken.contains(name) || given.contains(name); ++i) {
      name = stem + "_" + std::to_string(i);
    }
    return name;
  };
  for (std::size_t i = 0; i < header.size(); ++i) {
    std::string name(header[i]);
    if (name.empty()) {
      name = firstFree("column " + std::to_string(i + 1));
      result.renamed.push_back("the column without a name is now \"" + name + "\"");
    } else if (given.contains(name)) {
      const std::string fresh = firstFree(name);
      result.renamed.push_back("a further \"" + name + "\" is now \"" + fresh + "\"");
      name = fresh;
    }
    given.insert(name);
    result.names.push_back(std::move(name));
  }
  return result;
}

ColumnNames numberedColumnNames(std::size_t count) {
  ColumnNames result;
  for (std::size_t i = 1; i <= count; ++i) {
    result.names.push_back(std::to_string(i));
  }
  return result;
}

}  // namespace embedscope::data
