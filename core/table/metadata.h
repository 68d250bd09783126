// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::table {

/// One named column that says something about every row; empty text means missing.
struct MetadataColumn {
  std::string name;
  std::vector<std::string> values;  ///< one for each row of the table
};

/// What is known about the rows of a table beside their labels and vectors.
class Metadata {
 public:
  /// @throws Error InvalidArgument when the column's length differs from the columns before it.
  void addColumn(MetadataColumn column);

  /// Puts a column in the place of the first one of the same name, or after all others.
  /// @throws Error as addColumn.
  void setColumn(MetadataColumn column);

  /// Takes the first column of that name out; nothing happens when there is none.
  void removeColumn(std::string_view name);

  const std::vector<MetadataColumn>& columns() const { return m_columns; }

  const MetadataColumn* find(std::string_view name) const;

 private:
  void checkLength(const MetadataColumn& column) const;

  std::vector<MetadataColumn> m_columns;
};

}  // namespace embedscope::table
