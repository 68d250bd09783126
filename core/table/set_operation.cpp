// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/set_operation.h"

namespace embedscope::table {

RowSet combined(RowSet selection, const RowSet& rows, SetOperation operation) {
  switch (operation) {
    case SetOperation::Replace:
      selection = rows;
      break;
    case SetOperation::Add:
      selection |= rows;
      break;
    case SetOperation::Subtract:
      selection -= rows;
      break;
    case SetOperation::Intersect:
      selection &= rows;
      break;
  }
  return selection;
}

}  // namespace embedscope::table
