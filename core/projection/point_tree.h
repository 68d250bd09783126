// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"

#include <cstdint>
#include <vector>

namespace embedscope::projection {

/// A k-d tree over the points of a picture: few dimensions, any number of points. Immutable;
/// concurrent calls are safe.
///
/// Bentley, "Multidimensional binary search trees used for associative searching", Communications
/// of the ACM 18 (1975), doi:10.1145/361002.361007.
class PointTree {
 public:
  /// @param points  n × c, n ≤ 2³¹ − 1, finite. Copied. Cost O(n·log n).
  explicit PointTree(const Eigen::Ref<const base::RowMatrix>& points);

  Eigen::Index count() const { return static_cast<Eigen::Index>(m_order.size()); }

  /// The rows in the order of the tree: those near each other in it are near in the picture, so
  /// that queries in this order find their way in warm memory.
  const std::vector<std::int32_t>& order() const { return m_order; }

  /// The squared distance from a point to its k-th nearest other point.
  ///
  /// @param place    of the point in order(). @param k  1 ≤ k < count().
  /// @param scratch  memory to use again.
  /// Expected O(k + log n).
  float kthNearestSquared(std::int64_t place, Eigen::Index k, std::vector<float>& scratch) const;

 private:
  /// Where a range of places is parted.
  struct Node {
    std::int32_t axis = 0;
    float split = 0;
  };

  struct Search;

  void build(std::size_t node, std::int64_t from, std::int64_t to,
             const Eigen::Ref<const base::RowMatrix>& points);
  void search(Search& search, std::size_t node, std::int64_t from, std::int64_t to) const;

  std::vector<std::int32_t> m_order;
  std::vector<Node> m_nodes;  ///< children of i at 2i + 1 and 2i + 2; leaves have none
  base::RowMatrix m_points;   ///< in that order
};

}  // namespace embedscope::projection
