// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace embedscope::data {

struct ColumnNames {
  std::vector<std::string> names;    ///< unique and not empty
  std::vector<std::string> renamed;  ///< what was changed, in words: `"a" is now "a_2"`
};

/// Names from a header: a repeated name gets the first free of _2, _3, …; an empty one becomes
/// "column 4" after its place.
ColumnNames uniqueColumnNames(const std::vector<std::string_view>& header);

/// "1", "2", …: the names of columns that have none.
ColumnNames numberedColumnNames(std::size_t count);

}  // namespace embedscope::data
