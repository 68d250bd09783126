// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/with_neighbors.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace embedscope::neighbors {

namespace {

constexpr std::size_t kRowsAtOnce = 1024;  // lists of so many are in memory

}  // namespace

table::RowSet withNeighbors(const ExactIndex& index, const table::RowSet& rows, std::int64_t k,
                            const base::TaskContext& context) {
  std::vector<std::int64_t> from = rows.rows();
  std::erase_if(from, [&](std::int64_t row) {
    return !std::ranges::all_of(index.table().row(row),
                                [](float number) { return std::isfinite(number); });
  });
  table::RowSet grown = rows;
  for (std::size_t first = 0; first < from.size(); first += kRowsAtOnce) {
    const auto some = std::span(from).subspan(first, std::min(kRowsAtOnce, from.size() - first));
    for (const std::vector<Neighbor>& nearest : index.nearestOfRows(some, k, context)) {
      for (const Neighbor& neighbor : nearest) {
        grown.insert(neighbor.row);
      }
    }
    if (context.stopRequested()) {
      return rows;
    }
    context.report(static_cast<double>(first + some.size()) / static_cast<double>(from.size()));
  }
  return grown;
}

}  // namespace embedscope::neighbors
