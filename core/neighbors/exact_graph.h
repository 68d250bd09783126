// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/graph_rows.h"
#include "core/neighbors/nearest_lists.h"

namespace embedscope::neighbors {

/// Compares every row with every other by blocked matrix products, each pair of blocks once.
///
/// @param lists  of rows.count() rows; filled. Left half filled when stopped.
/// Cost n²·d products, parallel; polls the stop request once per tile of 512 × 512. The same bits
/// for any thread count.
void compareAll(const GraphRows& rows, NearestLists& lists, const base::TaskContext& context);

}  // namespace embedscope::neighbors
