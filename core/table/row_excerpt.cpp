// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_excerpt.h"

#include "core/table/table_selection.h"

#include <algorithm>

namespace embedscope::table {

std::vector<std::int64_t> distinctRows(std::vector<std::int64_t> rows) {
  std::ranges::sort(rows);
  const auto repeated = std::ranges::unique(rows);
  rows.erase(repeated.begin(), repeated.end());
  return rows;
}

std::int64_t RowExcerpt::place(std::int64_t row) const {
  return isWhole() ? row : std::ranges::lower_bound(m_rows, row) - m_rows.begin();
}

TablePtr RowExcerpt::tableFrom(const TablePtr& whole) const {
  return isWhole() ? whole : selectRows(*whole, m_rows);
}

}  // namespace embedscope::table
