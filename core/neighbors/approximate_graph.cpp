// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/approximate_graph.h"

#include "core/base/parallel.h"
#include "core/neighbors/projection_tree.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <vector>

namespace embedscope::neighbors {

namespace {

constexpr std::size_t kTrees = 6;
constexpr Eigen::Index kLeastLeafSize = 256;
/// Neighbors that a row brings into its leaf: longer lists fill as well by those of the nearest.
constexpr std::size_t kMostShared = 48;
constexpr double kShareOfTrees = 0.2;  ///< of the time

/// Copies of some rows, one below the other.
struct Gathered {
  Gathered(const GraphRows& rows, std::span<const std::int32_t> ids)
      : values(static_cast<Eigen::Index>(ids.size()), rows.values().cols()), offsets(ids.size()) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      values.row(static_cast<Eigen::Index>(i)) = rows.values().row(ids[i]);
      offsets[i] = rows.offsets()(ids[i]);
    }
  }

  base::RowMatrix values;
  std::vector<float> offsets;
};

/// The rows of a leaf and the nearest in their lists, rising.
std::vector<std::int32_t> candidatesOf(std::span<const std::int32_t> leaf,
                                       const NearestLists& lists) {
  std::vector<std::int32_t> all(leaf.begin(), leaf.end());
  for (const std::int32_t row : leaf) {
    const std::span<const std::int32_t> listed = lists.ids(row);
    const std::span<const std::int32_t> near = listed.first(std::min(listed.size(), kMostShared));
    all.insert(all.end(), near.begin(), std::find(near.begin(), near.end(), -1));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void joinLeaf(const GraphRows& rows, std::span<const std::int32_t> leaf, NearestLists& lists) {
  const std::vector<std::int32_t> candidates = candidatesOf(leaf, lists);
  const Gathered own(rows, leaf);
  const Gathered others(rows, candidates);
  PairTile tile{{}, leaf, own.offsets, candidates, others.offsets};
  tile.products.noalias() = -2.0F * own.values * others.values.transpose();
  offerToRows(lists, tile);
}

/// The largest leaf. The smallest one, half of it, still fills the lists of its rows, even where
/// all trees part the rows alike.
Eigen::Index leafSizeFor(const NearestLists& lists) {
  return std::max(kLeastLeafSize, 2 * (lists.length() + 1));
}

std::array<ProjectionTree, kTrees> growTrees(const GraphRows& rows, Eigen::Index leafSize,
                                             std::uint64_t seed, const base::TaskContext& context) {
  std::array<ProjectionTree, kTrees> trees;
  std::atomic<std::size_t> done{0};
  base::parallelBlocks(kTrees, [&](std::int64_t tree) {
    trees[static_cast<std::size_t>(tree)] =
        growTree(rows.values(), leafSize,
                 base::RandomStream(seed, static_cast<std::uint64_t>(tree)), context);
    context.report(static_cast<double>(++done) / static_cast<double>(kTrees));
  });
  return trees;
}

}  // namespace

void compareLikely(const GraphRows& rows, NearestLists& lists, std::uint64_t seed,
                   const base::TaskContext& context) {
  base::useOneBlasThread();
  const auto trees = growTrees(rows, leafSizeFor(lists), seed, context.part(0, kShareOfTrees));
  const base::TaskContext joining = context.part(kShareOfTrees, 1);
  std::atomic<std::size_t> done{0};
  for (const ProjectionTree& tree : trees) {
    const std::size_t leaves = tree.begins.size() - 1;
    base::parallelBlocks(static_cast<std::int64_t>(leaves), [&](std::int64_t block) {
      if (context.stopRequested()) {
        return;
      }
      const auto leaf = static_cast<std::size_t>(block);
      joinLeaf(rows,
               std::span(tree.order)
                   .subspan(tree.begins[leaf], tree.begins[leaf + 1] - tree.begins[leaf]),
               lists);
      joining.report(static_cast<double>(++done) / static_cast<double>(kTrees * leaves));
    });
  }
}

}  // namespace embedscope::neighbors
