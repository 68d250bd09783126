// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/metadata.h"

#include <optional>
#include <vector>

namespace embedscope::table {

/// A metadata column as numbers, if all its values are some.
///
/// @return one for each row, NaN where the value is missing; nothing when a value is something
/// else,
///         when all are missing, or when stopped.
/// Cost O(bytes of the column), parallel.
std::optional<std::vector<double>> columnNumbers(const MetadataColumn& column,
                                                 const base::TaskContext& context = {});

}  // namespace embedscope::table
