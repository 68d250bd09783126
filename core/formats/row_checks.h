// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/row_choice.h"

#include <functional>
#include <span>

namespace embedscope::formats {

/// Tells where in its file a row stands.
using PlaceOfRow = std::function<base::Place(std::int64_t row)>;

/// Makes the vocabulary of a table from labels as they stand in a file.
///
/// Labels are tidied as the options ask (tidiedLabel); those that are not UTF-8 keep their bytes.
/// Empty labels are kept, and so are duplicates, with or without a number behind them; chooseRows()
/// takes them out where that is asked for. Each of these is reported as a warning with its count
/// and the first examples.
/// @return only some of the labels when stopped: ask the context before using them.
table::Vocabulary adoptLabels(std::span<const std::string_view> labels,
                              const PlaceOfRow& placeOfRow, const ReadOptions& options,
                              ReadReport& report, const base::TaskContext& context);

/// Counts the rows that hold NaN or infinity, in parallel, and warns when there are any.
///
/// @param file  that the numbers stay in; what was looked at is taken out of memory again.
/// @return false when stopped.
bool checkNumbers(table::EmbeddingTable::View values, const PlaceOfRow& placeOfRow,
                  ReadReport& report, const base::TaskContext& context,
                  const base::MappedFile* file = nullptr);

/// The same for the numbers of a table just made; those that stay in a file are left for later when
/// the options say so.
bool checkNumbers(const table::EmbeddingTable& table, const PlaceOfRow& placeOfRow,
                  const ReadOptions& options, ReadReport& report, const base::TaskContext& context);

}  // namespace embedscope::formats
