// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <vector>

namespace embedscope::table {

/// Which row of another table says something about each row of a table.
struct RowMatch {
  enum class By { Label, Order };

  By by = By::Label;
  std::vector<std::int64_t> rows;  ///< for each row of the table one of the other's; −1: none
  std::int64_t missing = 0;        ///< rows of the table that have none
  std::int64_t surplus = 0;        ///< rows of the other one that belong to no row of the table

  bool operator==(const RowMatch&) const = default;
};

/// True when labels say nothing but "0", "1", …, as those of files without labels.
/// @return what it is worth when stopped is not defined; so for all functions here. Cost O(n).
bool countsRows(const Vocabulary& labels, const base::TaskContext& context = {});

/// Finds the rows of `other` that belong to those of a table: by label where the labels of `other`
/// are unique, else by order where both have as many rows.
///
/// Labels that only number the rows ("0", "1", …), as files without labels have them, tell no more
/// than the order: they are not compared with each other. A label that several rows of the table
/// have gives all of them the same row.
///
/// @throws Error InvalidArgument, with both counts: no label of `other` is one of the table's; its
///         labels repeat, or only number its rows, and the counts differ.
/// Cost O(n), expected, parallel.
RowMatch matchRows(const Vocabulary& table, const Vocabulary& other,
                   const base::TaskContext& context = {});

/// The vectors of the other table in the order of a table's rows; NaN for rows that have none.
///
/// @param match  of rows of `values`. @return n × d. Cost O(n·d), parallel.
base::RowMatrix matchedValues(const EmbeddingTable::View& values, const RowMatch& match,
                              const base::TaskContext& context = {});

}  // namespace embedscope::table
