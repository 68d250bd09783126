// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/point_tree.h"

#include <algorithm>
#include <numeric>

namespace embedscope::projection {

namespace {

constexpr std::int64_t kLeaf = 16;  // places that are not parted further

/// The middle of a range, which decides its two parts.
std::int64_t middle(std::int64_t from, std::int64_t to) {
  return from + (to - from) / 2;
}

/// Enough nodes for n places, however a range is parted.
std::size_t nodeCount(std::int64_t n) {
  std::size_t nodes = 0;
  for (std::size_t level = 1; n > kLeaf; level *= 2) {
    nodes += level;
    n = n - n / 2;
  }
  return nodes;
}

}  // namespace

struct PointTree::Search {
  const float* point;
  std::int64_t place;  ///< of the point itself, left out
  std::size_t k;
  std::vector<float>& nearest;  ///< a heap, the farthest on top

  bool isFull() const { return nearest.size() == k; }

  bool accepts(float squared) const { return !isFull() || squared < nearest.front(); }

  void offer(float squared) {
    if (!accepts(squared)) {
      return;
    }
    if (isFull()) {
      std::ranges::pop_heap(nearest);
      nearest.pop_back();
    }
    nearest.push_back(squared);
    std::ranges::push_heap(nearest);
  }
};

PointTree::PointTree(const Eigen::Ref<const base::RowMatrix>& points)
    : m_order(static_cast<std::size_t>(points.rows())), m_nodes(nodeCount(points.rows())) {
  std::iota(m_order.begin(), m_order.end(), 0);
  build(0, 0, points.rows(), points);
  m_points.resize(points.rows(), points.cols());
  for (Eigen::Index place = 0; place < points.rows(); ++place) {
    m_points.row(place) = points.row(m_order[static_cast<std::size_t>(place)]);
  }
}

void PointTree::build(std::size_t node, std::int64_t from, std::int64_t to,
                      const Eigen::Ref<const base::RowMatrix>& points) {
  if (to - from <= kLeaf) {
    return;
  }
  const auto begin = m_order.begin() + from;
  const auto end = m_order.begin() + to;
  Eigen::RowVectorXf low = points.row(*begin);
  Eigen::RowVectorXf high = low;
  for (auto row = begin; row != end; ++row) {
    low = low.cwiseMin(points.row(*row));
    high = high.cwiseMax(points.row(*row));
  }
  Eigen::Index axis = 0;
  (high - low).maxCoeff(&axis);
  const std::int64_t mid = middle(from, to);
  std::nth_element(begin, m_order.begin() + mid, end, [&](std::int32_t a, std::int32_t b) {
    return points(a, axis) != points(b, axis) ? points(a, axis) < points(b, axis) : a < b;
  });
  m_nodes[node] = {static_cast<std::int32_t>(axis),
                   points(m_order[static_cast<std::size_t>(mid)], axis)};
  build(2 * node + 1, from, mid, points);
  build(2 * node + 2, mid, to, points);
}

void PointTree::search(Search& search, std::size_t node, std::int64_t from, std::int64_t to) const {
  const Eigen::Index axes = m_points.cols();
  if (to - from <= kLeaf) {
    for (std::int64_t place = from; place < to; ++place) {
      if (place != search.place) {
        const float* other = m_points.data() + place * axes;
        float squared = 0;
        for (Eigen::Index axis = 0; axis < axes; ++axis) {
          const float difference = other[axis] - search.point[axis];
          squared += difference * difference;
        }
        search.offer(squared);
      }
    }
    return;
  }
  const Node& parting = m_nodes[node];
  const float beyond = search.point[parting.axis] - parting.split;
  const std::int64_t mid = middle(from, to);
  const auto goLow = [&] { this->search(search, 2 * node + 1, from, mid); };
  const auto goHigh = [&] { this->search(search, 2 * node + 2, mid, to); };
  if (beyond < 0) {
    goLow();
    if (search.accepts(beyond * beyond)) {
      goHigh();
    }
  } else {
    goHigh();
    if (search.accepts(beyond * beyond)) {
      goLow();
    }
  }
}

float PointTree::kthNearestSquared(std::int64_t place, Eigen::Index k,
                                   std::vector<float>& scratch) const {
  scratch.clear();
  Search search{m_points.data() + place * m_points.cols(), place, static_cast<std::size_t>(k),
                scratch};
  this->search(search, 0, 0, count());
  return scratch.front();
}

}  // namespace embedscope::projection
