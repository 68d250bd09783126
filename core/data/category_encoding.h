// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_table.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace embedscope::data {

/// A column of text as codes of categories, by the rules of the selection.
///
/// @param column  the place of `rules.column` in the table.
/// @param rows    of the table, those that take part.
/// @param notes   gets one sentence for each merger: which categories, how many rows.
/// @throws Error BadData: a label that the vocabulary lacks, where the rule is to refuse.
/// Cost O(rows).
CategoricalColumn encodeCategories(const DataTable& table, std::int64_t column,
                                   const DatasetSelection::Categorical& rules,
                                   std::span<const std::int64_t> rows,
                                   std::vector<std::string>& notes);

}  // namespace embedscope::data
