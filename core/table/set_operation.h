// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/row_set.h"

namespace embedscope::table {

/// What rows that were pointed out do to the rows that are selected.
enum class SetOperation {
  Replace,    ///< they become the selected ones
  Add,        ///< they are selected as well
  Subtract,   ///< they are selected no longer
  Intersect,  ///< of the selected ones only they stay
};

/// The selection after rows were pointed out. Both sets have the same size().
RowSet combined(RowSet selection, const RowSet& rows, SetOperation operation);

}  // namespace embedscope::table
