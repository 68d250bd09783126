// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_table.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/table/vocabulary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace embedscope::data {

using base::Error;
using base::ErrorCode;

DataTable::DataTable(std::string name, std::vector<std::string> columnNames)
    : m_name(std::move(name)) {
  m_columns.reserve(columnNames.size());
  for (std::string& column : columnNames) {
    if (findColumn(column)) {
      throw Error(ErrorCode::InvalidArgument, "two columns are named \"" + column + "\"");
    }
    m_columns.push_back({std::move(column), {}, {}});
  }
}

void DataTable::appendRow(const std::vector<std::string_view>& cells) {
  if (cells.size() != m_columns.size()) {
    throw Error(ErrorCode::InvalidArgument, "a row of " + std::to_string(cells.size()) +
                                                " cells does not fit a table of " +
                                                std::to_string(m_columns.size()) + " columns");
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    m_columns[i].bytes += cells[i];
    m_columns[i].ends.push_back(m_columns[i].bytes.size());
  }
  ++m_rows;
}

const std::string& DataTable::columnName(std::int64_t column) const {
  return m_columns[static_cast<std::size_t>(column)].name;
}

std::optional<std::int64_t> DataTable::findColumn(std::string_view name) const {
  const auto found = std::find_if(m_columns.begin(), m_columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  if (found == m_columns.end()) {
    return {};
  }
  return found - m_columns.begin();
}

std::string_view DataTable::cell(std::int64_t row, std::int64_t column) const {
  const Column& from = m_columns[static_cast<std::size_t>(column)];
  const auto i = static_cast<std::size_t>(row);
  const std::uint64_t begin = i == 0 ? 0 : from.ends[i - 1];
  return std::string_view(from.bytes).substr(begin, from.ends[i] - begin);
}

bool isMissing(std::string_view cell) {
  static constexpr std::array<std::string_view, 8> kMarkers = {"?",   "NA",   "N/A",  "nan",
                                                               "NaN", "NULL", "null", "None"};
  return cell.empty() ||
         (cell.size() <= 4 && std::find(kMarkers.begin(), kMarkers.end(), cell) != kMarkers.end());
}

ColumnSummary summarize(const DataTable& table, std::int64_t column) {
  ColumnSummary summary;
  table::Vocabulary seen;
  bool numbers = true;
  bool integers = true;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    const std::string_view cell = table.cell(row, column);
    if (isMissing(cell)) {
      ++summary.missing;
      continue;
    }
    const std::int64_t before = seen.size();
    if (seen.findOrAppend(cell) < before || !numbers) {
      continue;
    }
    const std::optional<double> value = base::parseDouble(cell);
    numbers = value && std::isfinite(*value);
    if (numbers) {
      integers = integers && *value == std::trunc(*value);
      summary.minimum = before == 0 ? *value : std::min(summary.minimum, *value);
      summary.maximum = before == 0 ? *value : std::max(summary.maximum, *value);
    }
  }
  summary.distinct = seen.size();
  if (numbers && summary.distinct > 0) {
    summary.kind = ColumnKind::Number;
    summary.integers = integers;
  } else {
    summary.minimum = 0;
    summary.maximum = 0;
  }
  return summary;
}

}  // namespace embedscope::data
