// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/graph_rows.h"
#include "core/neighbors/nearest_lists.h"

#include <cstdint>

namespace embedscope::neighbors {

/// Compares every row with those that are likely to be near it: six times the rows are put into
/// leaves by a random-projection tree, and the rows of a leaf are compared with each other and with
/// the nearest 48 in each other's lists so far.
///
/// This is the idea of Dong, Moses, Li, WWW 2011, doi:10.1145/1963405.1963487, that neighbors of
/// neighbors are likely neighbors. We differ in that whole leaves share their candidates: then one
/// matrix product compares them all, and a leaf writes to the lists of its own rows alone, so that
/// the bits do not depend on the number of threads.
///
/// @param lists  of rows.count() rows, shorter than that; filled. Left half filled when stopped.
/// Cost about 6·n·1,500·d products and the trees; parallel; polls the stop request once per leaf.
void compareLikely(const GraphRows& rows, NearestLists& lists, std::uint64_t seed,
                   const base::TaskContext& context);

}  // namespace embedscope::neighbors
