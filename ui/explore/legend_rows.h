// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/row_set.h"
#include "ui/explore/color_scheme.h"

#include <vector>

namespace embedscope::explore {

// The rows that a part of a legend stands for. Cost O(n).

/// Those of categories with marks from `first` to `last`; `kOthers` and `kMissing` count as marks.
table::RowSet rowsWithMarks(const ColorScheme& scheme, int first, int last);

/// Those of categories that are entries of the scheme, but for these.
table::RowSet rowsOfOtherEntries(const ColorScheme& scheme, const std::vector<int>& entries);

/// Those with numbers from `low` to `high`, both included.
table::RowSet rowsWithNumbers(const ColorScheme& scheme, double low, double high);

/// Those on a scale that have no number.
table::RowSet rowsWithoutNumber(const ColorScheme& scheme);

}  // namespace embedscope::explore
