// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/row_order.h"
#include "core/table/row_set.h"
#include "ui/rows/row_columns.h"

#include <memory>
#include <optional>
#include <string>

namespace embedscope::rows {

/// By what the rows are sorted.
struct RowSort {
  RowColumn column;
  table::Sorting sorting = table::Sorting::Rising;
  std::optional<std::int64_t> reference;  ///< the row that cosines are with

  bool operator==(const RowSort&) const = default;
};

/// Which rows are listed, and in which order.
struct RowQuery {
  std::optional<RowSort> sort;  ///< nothing: in the order of the table
  std::string filter;           ///< in the label or a metadata value, in any case; empty: all
  bool selectedOnly = false;

  bool operator==(const RowQuery&) const = default;

  bool isPlain() const { return !sort && filter.empty() && !selectedOnly; }
};

using RowOrderPtr = std::shared_ptr<const table::RowOrder>;
using RowSetPtr = std::shared_ptr<const table::RowSet>;

/// The answer to a query, with the parts that the next one may use again.
struct ArrangedRows {
  RowQuery query;
  RowOrderPtr order;     ///< all rows as sorted; null: not sorted
  RowSetPtr containing;  ///< those that hold the filter's text; null: not filtered
  RowOrderPtr shown;     ///< those listed; null: all, in the order of the table
};

/// Answers a query.
///
/// @param before     the answer to another query about the same table; its parts are used again.
/// @param selection  of as many rows as the table has.
/// @return nothing when stopped. Numbers are sorted as numbers, also those of a metadata column
///         that holds no other values; all else as text. The same for any thread count.
/// Cost O(n·log n) for an order, O(bytes) for a filter, O(n) for the rest; parallel.
std::optional<ArrangedRows> arrangeRows(const table::EmbeddingTable& table, const RowQuery& query,
                                        const ArrangedRows& before, const table::RowSet& selection,
                                        const base::TaskContext& context = {});

}  // namespace embedscope::rows
