// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace embedscope::projection {

/// A weighted undirected graph over n rows: how much two rows belong together.
struct SymmetricEdges {
  std::vector<std::size_t> begins;   ///< n + 1: where each row's edges begin
  std::vector<std::int32_t> others;  ///< the other ends, rising within a row; every edge twice
  std::vector<float> weights;        ///< above 0, the same at both ends of an edge
};

/// Joins what two rows think of each other into one weight. Symmetric in its arguments; 0 is the
/// view of a row that does not list the other.
using JoinViews = float (*)(float, float);

/// Makes a graph of lists that are each seen from one side undirected.
///
/// @param views  n × k, ≥ 0: how much each row holds of each of its listed neighbors.
/// @return edges whose joined weight is above 0; nothing when stopped.
/// Cost O(n·k·log k), parallel, memory 16 bytes for each of n·k entries; the same bits for any
/// thread count.
std::optional<SymmetricEdges> symmetricEdges(const neighbors::RowNumbers& rows,
                                             const base::RowMatrix& views, JoinViews join,
                                             const base::TaskContext& context = {});

}  // namespace embedscope::projection
