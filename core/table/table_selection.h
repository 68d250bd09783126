// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <cstdint>
#include <span>

namespace embedscope::table {

/// A table of some rows of another one, in the order given, with their labels and metadata. The
/// subwords stay: they belong to the same space.
///
/// @param rows  each 0 ≤ row < table.rowCount(); may repeat.
TablePtr selectRows(const EmbeddingTable& table, std::span<const std::int64_t> rows);

/// The same table with every row scaled to Euclidean length 1. Lengths are summed in double; rows
/// of zeros, and rows that hold NaN or infinity, stay as they are. Its subwords give vectors of
/// length 1, too.
TablePtr normalizedRows(const EmbeddingTable& table);

}  // namespace embedscope::table
