// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/exact_graph.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <utility>
#include <vector>

namespace embedscope::neighbors {

namespace {

constexpr Eigen::Index kTileRows = 512;

/// Pairs of blocks, those with themselves first: neighbors in this order share few blocks.
std::vector<std::pair<Eigen::Index, Eigen::Index>> blockPairs(Eigen::Index blocks) {
  std::vector<std::pair<Eigen::Index, Eigen::Index>> pairs;
  pairs.reserve(static_cast<std::size_t>(blocks * (blocks + 1) / 2));
  for (Eigen::Index step = 0; step < blocks; ++step) {
    for (Eigen::Index first = 0; first + step < blocks; ++first) {
      pairs.emplace_back(first, first + step);
    }
  }
  return pairs;
}

}  // namespace

void compareAll(const GraphRows& rows, NearestLists& lists, const base::TaskContext& context) {
  base::useOneBlasThread();
  const Eigen::Index n = rows.count();
  const Eigen::Index blocks = (n + kTileRows - 1) / kTileRows;
  const auto pairs = blockPairs(blocks);
  std::vector<std::int32_t> ids(static_cast<std::size_t>(n));
  std::iota(ids.begin(), ids.end(), 0);
  const std::span<const float> offsets(rows.offsets().data(), ids.size());
  // Lists do not depend on the order of offers, so any thread may fill any, one at a time.
  std::vector<std::mutex> locks(static_cast<std::size_t>(blocks));
  std::atomic<std::size_t> done{0};
  base::parallelBlocks(static_cast<std::int64_t>(pairs.size()), [&](std::int64_t pair) {
    if (context.stopRequested()) {
      return;
    }
    const auto [a, b] = pairs[static_cast<std::size_t>(pair)];
    const auto part = [&](auto all, Eigen::Index block) {
      return all.subspan(static_cast<std::size_t>(block * kTileRows),
                         static_cast<std::size_t>(std::min(kTileRows, n - block * kTileRows)));
    };
    const std::span<const std::int32_t> allIds(ids);
    PairTile tile{{}, part(allIds, a), part(offsets, a), part(allIds, b), part(offsets, b)};
    const auto block = [&](Eigen::Index first, std::size_t count) {
      return rows.values().middleRows(first * kTileRows, static_cast<Eigen::Index>(count));
    };
    tile.products.noalias() =
        -2.0F * block(a, tile.rowIds.size()) * block(b, tile.columnIds.size()).transpose();
    if (a == b) {
      const std::scoped_lock lock(locks[static_cast<std::size_t>(a)]);
      offerToRows(lists, tile);
    } else {
      const std::scoped_lock lock(locks[static_cast<std::size_t>(a)],
                                  locks[static_cast<std::size_t>(b)]);
      offerToBoth(lists, tile);
    }
    context.report(static_cast<double>(++done) / static_cast<double>(pairs.size()));
  });
}

}  // namespace embedscope::neighbors
