// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/table_selection.h"

#include <cmath>

namespace embedscope::table {

namespace {

Metadata selectMetadata(const Metadata& metadata, std::span<const std::int64_t> rows) {
  Metadata out;
  for (const MetadataColumn& column : metadata.columns()) {
    MetadataColumn picked{column.name, {}};
    picked.values.reserve(rows.size());
    for (const std::int64_t row : rows) {
      picked.values.push_back(column.values[static_cast<std::size_t>(row)]);
    }
    out.addColumn(std::move(picked));
  }
  return out;
}

}  // namespace

TablePtr selectRows(const EmbeddingTable& table, std::span<const std::int64_t> rows) {
  base::RowMatrix values(static_cast<Eigen::Index>(rows.size()), table.dimension());
  Vocabulary vocabulary;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    values.row(static_cast<Eigen::Index>(i)) = table.values().row(rows[i]);
    vocabulary.append(table.vocabulary().label(rows[i]));
  }
  return std::make_shared<const EmbeddingTable>(table.name(), std::move(vocabulary),
                                                std::move(values),
                                                selectMetadata(table.metadata(), rows));
}

TablePtr normalizedRows(const EmbeddingTable& table) {
  base::RowMatrix values = table.values();
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    const double length = values.row(row).cast<double>().norm();
    if (length > 0 && std::isfinite(length)) {
      values.row(row) = (values.row(row).cast<double>() / length).cast<float>();
    }
  }
  return std::make_shared<const EmbeddingTable>(table.name(), table.vocabulary(), std::move(values),
                                                table.metadata());
}

}  // namespace embedscope::table
