// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/tagging.h"

#include "core/base/error.h"
#include "core/table/table_selection.h"

#include <utility>

namespace embedscope::table {

TablePtr taggedRows(const EmbeddingTable& table, std::string_view name, const RowSet& rows,
                    const std::string& value) {
  if (name.empty() || rows.size() != table.rowCount()) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "rows are tagged in a column with a name, and with a set of the table's own "
                      "rows");
  }
  const MetadataColumn* known = table.metadata().find(name);
  MetadataColumn column = known != nullptr ? *known : MetadataColumn{};
  column.name = name;
  column.values.resize(static_cast<std::size_t>(table.rowCount()));
  for (const std::int64_t row : rows.rows()) {
    column.values[static_cast<std::size_t>(row)] = value;
  }
  return withColumn(table, std::move(column));
}

}  // namespace embedscope::table
