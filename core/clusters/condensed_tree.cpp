// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/condensed_tree.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace embedscope::clusters {

namespace {

/// The tree of single linkage: node i < n is row i, node n + i joins what edge i joins.
class MergeTree {
 public:
  explicit MergeTree(std::span<const TreeEdge> edges)
      : m_edges(edges),
        m_rows(static_cast<std::int32_t>(edges.size()) + 1),
        m_children(edges.size()),
        m_sizes(edges.size()) {
    std::vector<std::int32_t> parents(2 * edges.size() + 1);
    std::iota(parents.begin(), parents.end(), 0);
    const auto topOf = [&parents](std::int32_t node) {
      while (parents[static_cast<std::size_t>(node)] != node) {
        std::int32_t& parent = parents[static_cast<std::size_t>(node)];
        parent = parents[static_cast<std::size_t>(parent)];
        node = parent;
      }
      return node;
    };
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const std::int32_t node = m_rows + static_cast<std::int32_t>(i);
      m_children[i] = {topOf(edges[i].a), topOf(edges[i].b)};
      for (const std::int32_t child : m_children[i]) {
        m_sizes[i] += size(child);
        parents[static_cast<std::size_t>(child)] = node;
      }
    }
  }

  bool isRow(std::int32_t node) const { return node < m_rows; }

  std::int32_t root() const { return m_rows + static_cast<std::int32_t>(m_edges.size()) - 1; }

  std::int64_t size(std::int32_t node) const { return isRow(node) ? 1 : m_sizes[place(node)]; }

  const std::array<std::int32_t, 2>& children(std::int32_t node) const {
    return m_children[place(node)];
  }

  /// 1 / the length of the edge that a node is cut at.
  double cut(std::int32_t node) const {
    const double least = std::max(static_cast<double>(m_edges.back().distance) * 1e-9, 1e-30);
    return 1 / std::max(static_cast<double>(m_edges[place(node)].distance), least);
  }

 private:
  std::size_t place(std::int32_t node) const { return static_cast<std::size_t>(node - m_rows); }

  std::span<const TreeEdge> m_edges;
  std::int32_t m_rows;
  std::vector<std::array<std::int32_t, 2>> m_children;
  std::vector<std::int64_t> m_sizes;
};

/// A node of the merge tree on its way down, and the cluster that it is in.
struct Branch {
  std::int32_t node;
  std::int32_t cluster;
};

class Condenser {
 public:
  Condenser(const MergeTree& tree, std::size_t rows) : m_tree(tree) {
    m_result.cluster.resize(rows);
    m_result.leaving.resize(rows);
  }

  CondensedTree run(std::int64_t minClusterSize) {
    m_result.clusters.push_back({-1, 0, 0, 0, m_tree.size(m_tree.root()), false});
    std::vector<Branch> open = {{m_tree.root(), 0}};
    while (!open.empty()) {
      const Branch branch = open.back();
      open.pop_back();
      const auto& [left, right] = m_tree.children(branch.node);
      const double cut = m_tree.cut(branch.node);
      const bool bothAreLarge =
          m_tree.size(left) >= minClusterSize && m_tree.size(right) >= minClusterSize;
      for (const std::int32_t child : {left, right}) {
        if (bothAreLarge) {
          open.push_back({child, addCluster(branch.cluster, child, cut)});
        } else if (m_tree.size(child) >= minClusterSize) {
          open.push_back({child, branch.cluster});
        } else {
          leave(child, branch.cluster, cut);
        }
      }
    }
    return std::move(m_result);
  }

 private:
  CondensedTree::Cluster& cluster(std::int32_t number) {
    return m_result.clusters[static_cast<std::size_t>(number)];
  }

  std::int32_t addCluster(std::int32_t parent, std::int32_t node, double cut) {
    const std::int64_t size = m_tree.size(node);
    cluster(parent).stability += static_cast<double>(size) * (cut - cluster(parent).birth);
    cluster(parent).lastLeaving = std::max(cluster(parent).lastLeaving, cut);
    cluster(parent).hasChildren = true;
    m_result.clusters.push_back({parent, cut, 0, 0, size, false});
    return static_cast<std::int32_t>(m_result.clusters.size()) - 1;
  }

  /// All rows below a node leave their cluster at once.
  void leave(std::int32_t node, std::int32_t number, double cut) {
    CondensedTree::Cluster& left = cluster(number);
    left.stability += static_cast<double>(m_tree.size(node)) * (cut - left.birth);
    left.lastLeaving = std::max(left.lastLeaving, cut);
    m_below.assign(1, node);
    while (!m_below.empty()) {
      const std::int32_t next = m_below.back();
      m_below.pop_back();
      if (m_tree.isRow(next)) {
        m_result.cluster[static_cast<std::size_t>(next)] = number;
        m_result.leaving[static_cast<std::size_t>(next)] = cut;
      } else {
        const auto& children = m_tree.children(next);
        m_below.insert(m_below.end(), children.begin(), children.end());
      }
    }
  }

  const MergeTree& m_tree;
  CondensedTree m_result;
  std::vector<std::int32_t> m_below;
};

}  // namespace

CondensedTree condensedTree(std::span<const TreeEdge> edges, std::int64_t minClusterSize) {
  const MergeTree tree(edges);
  return Condenser(tree, edges.size() + 1).run(minClusterSize);
}

}  // namespace embedscope::clusters
