// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace embedscope::table {

/// A table of some rows of another one, in the order given, with their labels, metadata and images.
/// The subwords stay: they belong to the same space. Columns that hold numbers of rows by their
/// name (isSequenceName) hold those of the new table; a row that is not there is missing.
///
/// @param rows  each 0 ≤ row < table.rowCount(); may repeat.
TablePtr selectRows(const EmbeddingTable& table, std::span<const std::int64_t> rows);

/// The same table with every row scaled to Euclidean length 1. Lengths are summed in double; rows
/// of zeros, and rows that hold NaN or infinity, stay as they are. Its subwords give vectors of
/// length 1, too.
TablePtr normalizedRows(const EmbeddingTable& table);

/// The same table, sharing labels and numbers, with one more metadata column, or another in the
/// place of the one of the same name. Cost that of copying the other columns.
///
/// @throws Error InvalidArgument when the column does not have a value for each row.
TablePtr withColumn(const EmbeddingTable& table, MetadataColumn column);

/// The same without the column of that name.
TablePtr withoutColumn(const EmbeddingTable& table, std::string_view name);

}  // namespace embedscope::table
