// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/record_sample.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// What the columns of delimited text are.
struct CsvColumns {
  bool hasHeader = false;
  bool decimalComma = false;          ///< "1,5" is a number
  bool counted = false;               ///< the header counts the dimensions: 0, 1, … or d0, d1, …
  std::optional<std::size_t> label;   ///< none: rows have no labels
  std::vector<std::size_t> numbers;   ///< the vector, in this order
  std::vector<std::size_t> metadata;  ///< all others
  std::vector<std::string> names;     ///< of all columns; made up without a header
};

/// Finds out by the first records which columns hold what.
///
/// The numbers are the columns that the header counts, as in "label,0,1,2" or "word,d1,d2"; without
/// such a header those that hold numbers in nine of ten records. The label is the column called
/// label, word, token, text, name, key or id (in this order, any case), else one without a name (as
/// pandas writes its index), else the first that does not hold numbers.
///
/// @param records        not empty.
/// @param mayUseCommas   for decimals: fields are not parted by commas.
CsvColumns findColumns(const base::SampledRecords& records, bool mayUseCommas);

/// True for what a column of labels is usually called: label, word, …; in any case.
bool isLabelName(std::string_view name);

}  // namespace embedscope::formats
