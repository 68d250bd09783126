// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <functional>
#include <span>

namespace embedscope::formats {

/// Tells where in its file a row stands.
using PlaceOfRow = std::function<base::Place(std::int64_t row)>;

/// Makes the vocabulary of a table from labels as they stand in a file.
///
/// Labels that are not UTF-8 are repaired with U+FFFD; duplicates and empty labels are kept. Each
/// of these is reported as a warning with its count and the first examples.
/// @return only some of the labels when stopped: ask the context before using them.
table::Vocabulary adoptLabels(std::span<const std::string_view> labels,
                              const PlaceOfRow& placeOfRow, ReadReport& report,
                              const base::TaskContext& context);

/// Counts the rows that hold NaN or infinity, in parallel, and warns when there are any.
///
/// @return false when stopped.
bool checkNumbers(table::EmbeddingTable::View values, const PlaceOfRow& placeOfRow,
                  ReadReport& report, const base::TaskContext& context);

}  // namespace embedscope::formats
