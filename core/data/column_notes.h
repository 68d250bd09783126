// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_table.h"

#include <string>
#include <vector>

namespace embedscope::data {

/// What a person should know about columns before making features of them: a column without a
/// single value, one with a single category, labels that differ only in letter case (A–Z) or inner
/// blanks. One sentence each. Columns of more than 1,000 labels are not searched for the last.
std::vector<std::string> columnNotes(const DataTable& table);

}  // namespace embedscope::data
