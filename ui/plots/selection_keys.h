// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/set_operation.h"

#include <Qt>

namespace embedscope::plots {

/// What rows that were pointed out with these keys held do to the selection: Shift adds, Alt
/// subtracts, both intersect, neither replaces.
table::SetOperation operationOf(Qt::KeyboardModifiers modifiers);

}  // namespace embedscope::plots
