// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::data {

/// Rows and named columns of text, as a delimited file holds them. Cells lie in one block of
/// memory per column. Immutable once filled; travels as `shared_ptr<const DataTable>`.
class DataTable {
 public:
  /// @param columnNames  unique; one for each column.
  /// @throws Error InvalidArgument when a name occurs twice.
  DataTable(std::string name, std::vector<std::string> columnNames);

  /// @param cells  one for each column; copied.
  /// @throws Error InvalidArgument when there are more or fewer.
  void appendRow(const std::vector<std::string_view>& cells);

  const std::string& name() const { return m_name; }

  std::int64_t rowCount() const { return m_rows; }

  std::int64_t columnCount() const { return static_cast<std::int64_t>(m_columns.size()); }

  const std::string& columnName(std::int64_t column) const;
  std::optional<std::int64_t> findColumn(std::string_view name) const;

  /// The cell's text, unquoted and trimmed of blanks around it.
  std::string_view cell(std::int64_t row, std::int64_t column) const;

 private:
  struct Column {
    std::string name;
    std::string bytes;
    std::vector<std::uint64_t> ends;
  };

  std::string m_name;
  std::vector<Column> m_columns;
  std::int64_t m_rows = 0;
};

using DataTablePtr = std::shared_ptr<const DataTable>;

/// True for the usual ways to write "no value": "", "?", "NA", "N/A", "nan", "NaN", "NULL", "null",
/// "None".
bool isMissing(std::string_view cell);

enum class ColumnKind { Number, Labels };

/// What a column holds, found by reading all of it.
struct ColumnSummary {
  /// Number when there are values and every one that is not missing is a finite number.
  ColumnKind kind = ColumnKind::Labels;
  std::int64_t distinct = 0;  ///< different texts, missing ones not counted
  std::int64_t missing = 0;
  bool integers = false;  ///< Number, and every value is an integer
  double minimum = 0;     ///< Number only
  double maximum = 0;     ///< Number only
};

/// @param column  0 ≤ column < table.columnCount(). Cost O(rows), one hash look-up for each.
ColumnSummary summarize(const DataTable& table, std::int64_t column);

}  // namespace embedscope::data
