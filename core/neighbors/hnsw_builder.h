// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/hnsw_graph.h"

#include <cstdint>
#include <optional>

namespace embedscope::neighbors {

struct HnswOptions {
  int links = 16;          ///< of a row on each layer, 2 to 64; twice as many on the lowest
  int buildBreadth = 100;  ///< rows that are looked at for the links of a new one, ≥ links
  std::uint64_t seed = 1;  ///< decides the order of insertion and the layers
};

/// Links the rows.
///
/// @return nothing when stopped, which is noticed within a few milliseconds.
/// @throws Error InvalidArgument: an option out of its range, more than 2³¹ − 1 rows.
/// The same bits for any thread count: rows come in batches, each searched for in the graph of the
/// rows before the batch; then links back are added row by row in a fixed order.
std::optional<HnswGraph> builtHnsw(const RoundedDistance& distance, const HnswOptions& options,
                                   const base::TaskContext& context);

}  // namespace embedscope::neighbors
