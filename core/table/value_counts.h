// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/metadata.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace embedscope::table {

/// The different values of a column and how often each occurs, the most frequent first, equally
/// frequent ones by their bytes; missing ones are left out. The values lie in the column.
///
/// @return nothing when stopped. Cost O(n), expected, and O(v·log v) for v values.
std::vector<std::pair<std::string_view, std::int64_t>> valueCounts(
    const MetadataColumn& column, const base::TaskContext& context = {});

}  // namespace embedscope::table
