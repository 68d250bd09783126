// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "core/table/row_set.h"

#include <string>
#include <string_view>

namespace embedscope::table {

/// The same table, sharing labels and numbers, with a value in a metadata column for some rows. A
/// column that is not there yet is added, with no value for all others.
///
/// @param name  of the column, not empty.
/// @param rows  of the table.
/// @throws Error InvalidArgument: a name without letters, or a set of another number of rows.
/// Cost O(n) and that of copying the metadata.
TablePtr taggedRows(const EmbeddingTable& table, std::string_view name, const RowSet& rows,
                    const std::string& value);

}  // namespace embedscope::table
