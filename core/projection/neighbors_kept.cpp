// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/neighbors_kept.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/point_tree.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <vector>

namespace embedscope::projection {

namespace {

constexpr std::int64_t kRowsInBlock = 512;

void check(const neighbors::NeighborGraph& graph, const Eigen::Ref<const base::RowMatrix>& points) {
  using base::Error;
  using base::ErrorCode;
  if (graph.rows.rows() != points.rows() || graph.rows.cols() < 1 ||
      graph.rows.cols() >= points.rows()) {
    throw Error(ErrorCode::InvalidArgument,
                "what a picture keeps of the neighbors is measured with a point for every row of "
                "the graph, and fewer neighbors than rows");
  }
  if (!points.allFinite()) {
    throw Error(ErrorCode::NonFinite, "a point of the picture holds NaN or infinity");
  }
}

/// Summed as the tree does, so that equal distances are equal numbers.
float squaredDistance(const Eigen::Ref<const base::RowMatrix>& points, Eigen::Index a,
                      Eigen::Index b) {
  float squared = 0;
  for (Eigen::Index axis = 0; axis < points.cols(); ++axis) {
    const float difference = points(a, axis) - points(b, axis);
    squared += difference * difference;
  }
  return squared;
}

}  // namespace

std::optional<Eigen::VectorXf> neighborsKept(const neighbors::NeighborGraph& graph,
                                             const Eigen::Ref<const base::RowMatrix>& points,
                                             const base::TaskContext& context) {
  check(graph, points);
  const PointTree tree(points);
  const Eigen::Index k = graph.rows.cols();
  Eigen::VectorXf kept(points.rows());
  std::atomic<std::int64_t> done{0};
  const std::int64_t blocks = (tree.count() + kRowsInBlock - 1) / kRowsInBlock;
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    std::vector<float> scratch;
    const std::int64_t end = std::min<std::int64_t>((block + 1) * kRowsInBlock, tree.count());
    for (std::int64_t place = block * kRowsInBlock; place < end; ++place) {
      const Eigen::Index row = tree.order()[static_cast<std::size_t>(place)];
      const float reach = tree.kthNearestSquared(place, k, scratch);
      Eigen::Index found = 0;
      for (Eigen::Index i = 0; i < k; ++i) {
        found += squaredDistance(points, row, graph.rows(row, i)) <= reach ? 1 : 0;
      }
      kept[row] = static_cast<float>(found) / static_cast<float>(k);
    }
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  if (context.stopRequested()) {
    return {};
  }
  return kept;
}

std::vector<std::int64_t> neighborsLost(const Eigen::Ref<const base::RowMatrix>& points,
                                        std::int64_t row, std::span<const std::int64_t> rows,
                                        std::size_t among) {
  std::vector<float> squared;
  squared.reserve(static_cast<std::size_t>(points.rows()));
  for (Eigen::Index other = 0; other < points.rows(); ++other) {
    const float distance = squaredDistance(points, row, other);
    if (other != row && std::isfinite(distance)) {
      squared.push_back(distance);
    }
  }
  const std::size_t k = std::min(among, squared.size());
  if (k == 0) {
    return {rows.begin(), rows.end()};
  }
  const auto last = squared.begin() + static_cast<std::ptrdiff_t>(k - 1);
  std::nth_element(squared.begin(), last, squared.end());
  std::vector<std::int64_t> lost;
  std::ranges::copy_if(rows, std::back_inserter(lost), [&](std::int64_t other) {
    return !(squaredDistance(points, row, other) <= *last);
  });
  return lost;
}

}  // namespace embedscope::projection
