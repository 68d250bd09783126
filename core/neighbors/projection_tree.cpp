// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/projection_tree.h"

#include "core/neighbors/kernels.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace embedscope::neighbors {

namespace {

using Projected = std::pair<float, std::int32_t>;  ///< place on the line, row

/// Orders rows so that the first half lies on one side of the median. Equal places by row.
void halve(const base::RowMatrix& rows, std::span<std::int32_t> part, base::RandomStream& random) {
  const auto size = static_cast<std::uint32_t>(part.size());
  const std::uint32_t a = random.below(size);
  const std::uint32_t b = (a + 1 + random.below(size - 1)) % size;
  const Eigen::RowVectorXf line = rows.row(part[a]) - rows.row(part[b]);
  std::vector<Projected> projected;
  projected.reserve(part.size());
  for (const std::int32_t row : part) {
    projected.emplace_back(
        dotProduct(rows.row(row).data(), line.data(), static_cast<std::size_t>(rows.cols())), row);
  }
  std::nth_element(projected.begin(), projected.begin() + size / 2, projected.end());
  std::transform(projected.begin(), projected.end(), part.begin(),
                 [](const Projected& one) { return one.second; });
}

}  // namespace

ProjectionTree growTree(const base::RowMatrix& rows, Eigen::Index leafSize,
                        base::RandomStream random, const base::TaskContext& context) {
  ProjectionTree tree;
  const auto n = static_cast<std::size_t>(rows.rows());
  tree.order.resize(n);
  std::iota(tree.order.begin(), tree.order.end(), 0);
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, n}};
  while (!open.empty() && !context.stopRequested()) {
    const auto [begin, end] = open.back();
    open.pop_back();
    if (end - begin <= static_cast<std::size_t>(leafSize)) {
      tree.begins.push_back(begin);
      continue;
    }
    halve(rows, std::span(tree.order).subspan(begin, end - begin), random);
    const std::size_t middle = begin + (end - begin) / 2;
    open.emplace_back(middle, end);  // the nearer one is taken first, so leaves come in order
    open.emplace_back(begin, middle);
  }
  tree.begins.push_back(n);
  return tree;
}

}  // namespace embedscope::neighbors
