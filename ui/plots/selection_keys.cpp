// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/selection_keys.h"

namespace embedscope::plots {

table::SetOperation operationOf(Qt::KeyboardModifiers modifiers) {
  const bool shift = modifiers.testFlag(Qt::ShiftModifier);
  const bool alt = modifiers.testFlag(Qt::AltModifier);
  return shift && alt ? table::SetOperation::Intersect
         : shift      ? table::SetOperation::Add
         : alt        ? table::SetOperation::Subtract
                      : table::SetOperation::Replace;
}

}  // namespace embedscope::plots
