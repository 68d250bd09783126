// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/metadata.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::table {

/// Which of a column's different values each row has.
struct ColumnCategories {
  std::vector<std::int32_t> ofRows;  ///< n; 0 is the most frequent value, −1 a missing one
  std::int64_t count = 0;            ///< how many different values there are
  std::int64_t missing = 0;          ///< rows without one
};

/// A metadata column as categories. Numbers count by their text, as digits or years do; what hardly
/// repeats (measurements, identifiers) says nothing about which rows belong together.
///
/// @return nothing when stopped.
/// @throws Error InvalidArgument: the column holds no value, or more different ones than half as
///         many as it has values.
/// Cost O(n), expected.
std::optional<ColumnCategories> columnCategories(const MetadataColumn& column,
                                                 const base::TaskContext& context = {});

}  // namespace embedscope::table
