// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope::rows {

/// What a column of the list of rows shows.
struct RowColumn {
  enum class Kind {
    Selected,  ///< a tick
    Number,    ///< of the row, from 0
    Label,
    Length,     ///< of the vector, Euclidean
    Cosine,     ///< with a reference row
    Metadata,   ///< `index` among the table's columns
    Component,  ///< number `index` of the vector
  };

  Kind kind = Kind::Label;
  std::int64_t index = 0;

  bool operator==(const RowColumn&) const = default;
};

/// How many numbers of the vectors can be listed.
constexpr std::int64_t kListedComponents = 10;

/// All columns that a table offers, in the order in which they stand.
std::vector<RowColumn> rowColumns(const table::EmbeddingTable& table);

/// The heading of a column. @param reference  the label that cosines are with; empty: none.
QString columnTitle(const table::EmbeddingTable& table, RowColumn column,
                    const QString& reference = {});

/// True for those that hold numbers: they stand on the right.
bool holdsNumbers(RowColumn column);

/// A row that others are compared with.
class ReferenceRow {
 public:
  /// Compared with nothing.
  ReferenceRow() = default;

  /// @param row  0 ≤ row < rowCount().
  ReferenceRow(const table::EmbeddingTable& table, std::int64_t row);

  std::optional<std::int64_t> row() const { return m_row; }

  /// In [−1, 1]; 0 for zeros, NaN where a number is not finite or there is no reference. O(d).
  double cosineWith(std::span<const float> vector) const;

 private:
  std::optional<std::int64_t> m_row;
  std::vector<double> m_unit;
};

/// The text of a cell; empty where there is nothing to tell. O(length of the text + d).
QString cellText(const table::EmbeddingTable& table, std::int64_t row, RowColumn column,
                 const ReferenceRow& reference);

/// Rows with some of their columns as text: a line for each, tabs between, headings first. Tabs and
/// line ends inside of cells become blanks.
QString rowsAsText(const table::EmbeddingTable& table, const std::vector<std::int64_t>& rows,
                   const std::vector<RowColumn>& columns, const ReferenceRow& reference);

}  // namespace embedscope::rows
