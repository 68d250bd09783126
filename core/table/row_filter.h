// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"
#include "core/table/row_set.h"

#include <optional>
#include <string>

namespace embedscope::table {

/// What is asked of the value that a row has.
enum class FilterOperator {
  Is,        ///< it is this text, byte by byte
  Contains,  ///< this text is in it, in capital or small letters
  Equal,     ///< it is a number: this one
  Less,
  AtMost,
  Greater,
  AtLeast,
  Between,  ///< a number from the first to the second, both included
  Missing,  ///< it is empty
};

/// True for those that compare numbers.
bool comparesNumbers(FilterOperator comparison);

/// A question about the label or a metadata value of every row.
struct RowFilter {
  std::optional<std::string> column;  ///< of the metadata; nothing: the labels
  FilterOperator comparison = FilterOperator::Is;
  std::string text;   ///< for Is and Contains
  double number = 0;  ///< for comparisons of numbers; of Between the lower one
  double upper = 0;   ///< of Between

  bool operator==(const RowFilter&) const = default;
};

/// The rows whose value answers the question with yes. A value that is no finite number fails all
/// comparisons of numbers, and no text is contained in a missing value.
///
/// @return the same for any number of threads; of no row when stopped.
/// @throws Error InvalidArgument: there is no such column.
/// Cost O(bytes of the column), parallel.
RowSet matchingRows(const EmbeddingTable& table, const RowFilter& filter,
                    const base::TaskContext& context = {});

}  // namespace embedscope::table
