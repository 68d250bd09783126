// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/exact_index.h"
#include "core/neighbors/shortlist.h"

#include <cstddef>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// The k nearest of some rows, nearest first, scored as ExactIndex scores them. The k that look
/// best are scored first; what they have spares most of the others.
///
/// @param query       prepared by the index.
/// @param candidates  that hold neither NaN nor infinity; bounds of distances with the sign turned.
/// @return empty when stopped.
/// Cost: O(d) a row that is scored, in parallel; rows are asked for ahead, as they lie anywhere in
/// memory.
std::vector<Neighbor> nearestOfCandidates(const ExactIndex& index, std::span<const float> query,
                                          std::vector<Candidate> candidates, std::size_t k,
                                          const base::TaskContext& context);

}  // namespace embedscope::neighbors
