// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/with_neighbors.h"

#include <algorithm>
#include <cmath>

namespace embedscope::neighbors {

table::RowSet withNeighbors(const ExactIndex& index, const table::RowSet& rows, std::int64_t k,
                            const base::TaskContext& context) {
  table::RowSet grown = rows;
  const std::vector<std::int64_t> from = rows.rows();
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::span<const float> vector = index.table().row(from[i]);
    if (std::ranges::all_of(vector, [](float number) { return std::isfinite(number); })) {
      for (const Neighbor& neighbor : index.nearestOfRow(from[i], k, context)) {
        grown.insert(neighbor.row);
      }
    }
    if (context.stopRequested()) {
      return rows;
    }
    context.report(static_cast<double>(i + 1) / static_cast<double>(from.size()));
  }
  return grown;
}

}  // namespace embedscope::neighbors
