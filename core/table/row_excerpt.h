// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace embedscope::table {

/// Each row once, ascending. Cost O(k·log k).
std::vector<std::int64_t> distinctRows(std::vector<std::int64_t> rows);

/// Some rows of a table, and how numbers of rows go over from one to the other. A plain value.
class RowExcerpt {
 public:
  /// The whole table.
  RowExcerpt() = default;

  /// @param rows  k ≥ 1 rows of the table, in any order; each counts once.
  explicit RowExcerpt(std::vector<std::int64_t> rows) : m_rows(distinctRows(std::move(rows))) {}

  bool isWhole() const { return m_rows.empty(); }

  /// The rows of the table, ascending; empty for the whole table.
  const std::vector<std::int64_t>& rows() const { return m_rows; }

  /// Where row `row` of the table is in the excerpt. @param row  one of its rows. O(log k).
  std::int64_t place(std::int64_t row) const;

  /// The row of the table at a place of the excerpt. @param place  in [0, k).
  std::int64_t wholeRow(std::int64_t place) const {
    return isWhole() ? place : m_rows[static_cast<std::size_t>(place)];
  }

  /// The rows as a table of their own, as selectRows makes it, O(k·d); or the whole table itself.
  TablePtr tableFrom(const TablePtr& whole) const;

 private:
  std::vector<std::int64_t> m_rows;
};

}  // namespace embedscope::table
