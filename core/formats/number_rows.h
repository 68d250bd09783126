// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/formats/number_type.h"
#include "core/table/embedding_table.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// Hands out the rows of a table in order, one after the other, as little-endian numbers of the
/// type: Float32, Float16 or BFloat16, rounded to nearest.
///
/// @param take  gets the bytes of some rows; those of float32 lie in the table.
/// @return false when stopped.
bool forEachRowBytes(const table::EmbeddingTable& table, NumberType type,
                     const base::TaskContext& context,
                     const std::function<void(std::string_view bytes)>& take);

/// The bytes of all rows in numbers of that type.
std::uint64_t rowBytesOf(const table::EmbeddingTable& table, NumberType type);

/// What rounding the table's numbers to that type changes: how many and how far, how many become
/// infinite, how many become zero; empty when nothing is lost. Cost O(n · d), in parallel.
std::vector<std::string> roundingLosses(const table::EmbeddingTable& table, NumberType type);

}  // namespace embedscope::formats
