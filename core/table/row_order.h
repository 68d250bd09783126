// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace embedscope::table {

/// The rows of a table one after the other, each once.
using RowOrder = std::vector<std::int64_t>;

enum class Sorting { Rising, Falling };

/// The rows by a number of each.
///
/// @param keys  one for each of n rows; NaN: it has none.
/// @return nothing when stopped. Rows without a number come last in both directions; equal numbers
///         stay in the order of the table in both directions, for any thread count.
/// Cost O(n·log n), parallel.
std::optional<RowOrder> orderByNumbers(std::span<const double> keys, Sorting sorting,
                                       const base::TaskContext& context = {});

/// The rows by a text of each, in capital or small letters (`base::caseFolded`), then byte by byte,
/// which is the order of the characters' numbers.
///
/// @param text  called by several threads; the views hold during the call.
/// @return as orderByNumbers(); rows with an empty text have none.
/// Cost O(bytes + n·log n), parallel; memory for all folded texts.
std::optional<RowOrder> orderByText(std::int64_t rows,
                                    const std::function<std::string_view(std::int64_t row)>& text,
                                    Sorting sorting, const base::TaskContext& context = {});

}  // namespace embedscope::table
