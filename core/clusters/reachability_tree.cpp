// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/reachability_tree.h"

#include "core/base/parallel.h"
#include "core/neighbors/graph_rows.h"
#include "core/neighbors/kernels.h"
#include "core/neighbors/neighbor_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace embedscope::clusters {

namespace {

using neighbors::GraphRows;
using neighbors::NeighborGraph;

constexpr float kFar = std::numeric_limits<float>::infinity();
constexpr Eigen::Index kLeastListed = 16;  ///< neighbors of each row; more prove more edges
constexpr Eigen::Index kRowsPerTile = 256;
constexpr Eigen::Index kColumnsPerTile = 1024;
constexpr std::size_t kSampledRows = 256;  ///< of each part, where lists are only trusted
constexpr double kListed = 0.7;            ///< share of the progress

/// An edge that leads out of a part; without rows where none is known.
TreeEdge edgeBetween(Eigen::Index a, Eigen::Index b, float distance) {
  return {static_cast<std::int32_t>(std::min(a, b)), static_cast<std::int32_t>(std::max(a, b)),
          distance};
}

constexpr TreeEdge kNoEdge = {-1, -1, kFar};

/// Which part of the forest each row is in, the parts numbered from 0 on by their smallest row.
class Parts {
 public:
  explicit Parts(Eigen::Index rows)
      : m_parents(static_cast<std::size_t>(rows)), m_numbers(m_parents.size()) {
    std::iota(m_parents.begin(), m_parents.end(), 0);
    number();
  }

  std::int32_t of(Eigen::Index row) const { return m_numbers[static_cast<std::size_t>(row)]; }

  const std::int32_t* numbers() const { return m_numbers.data(); }

  std::size_t count() const { return m_sizes.size(); }

  /// The part with most rows; of equally large ones the first.
  std::int32_t largest() const {
    return static_cast<std::int32_t>(std::ranges::max_element(m_sizes) - m_sizes.begin());
  }

  /// @return false when both rows are in one part already. Numbers stay until number().
  bool join(std::int32_t a, std::int32_t b) {
    a = rootOf(a);
    b = rootOf(b);
    if (a == b) {
      return false;
    }
    m_parents[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    return true;
  }

  void number() {
    m_sizes.clear();
    for (std::size_t row = 0; row < m_parents.size(); ++row) {
      const std::int32_t root = rootOf(static_cast<std::int32_t>(row));
      if (root == static_cast<std::int32_t>(row)) {  // roots are the smallest rows
        m_numbers[row] = static_cast<std::int32_t>(m_sizes.size());
        m_sizes.push_back(0);
      } else {
        m_numbers[row] = m_numbers[static_cast<std::size_t>(root)];
      }
      ++m_sizes[static_cast<std::size_t>(m_numbers[row])];
    }
  }

 private:
  std::int32_t rootOf(std::int32_t row) {
    while (m_parents[static_cast<std::size_t>(row)] != row) {
      std::int32_t& parent = m_parents[static_cast<std::size_t>(row)];
      parent = m_parents[static_cast<std::size_t>(parent)];
      row = parent;
    }
    return row;
  }

  std::vector<std::int32_t> m_parents;
  std::vector<std::int32_t> m_numbers;
  std::vector<std::int64_t> m_sizes;
};

/// Builds the tree round by round. Lengths are in the unit of the graph's rows.
class Builder {
 public:
  Builder(const GraphRows& rows, const NeighborGraph& graph, Eigen::Index minSamples)
      : m_rows(rows), m_graph(graph), m_parts(rows.count()) {
    const auto n = static_cast<std::size_t>(rows.count());
    m_core.resize(n);
    m_reach.resize(n);
    m_mutual.resize(rows.count(), graph.rows.cols());
    const Eigen::Index last = graph.rows.cols() - 1;
    const bool listsAll = last + 1 == rows.count() - 1;
    forEachRow([&](Eigen::Index row) {
      const auto place = static_cast<std::size_t>(row);
      m_core[place] = minSamples < 2 ? 0 : distance(row, graph.rows(row, minSamples - 2));
      m_reach[place] = listsAll ? kFar : distance(row, graph.rows(row, last));
    });
    forEachRow([&](Eigen::Index row) {
      for (Eigen::Index i = 0; i <= last; ++i) {
        m_mutual(row, i) = mutual(row, graph.rows(row, i));
      }
    });
  }

  const std::vector<float>& core() const { return m_core; }

  std::size_t partCount() const { return m_parts.count(); }

  /// Joins every part but the largest to the nearest other one. @return false when stopped.
  bool addRound(std::vector<TreeEdge>& edges, const base::TaskContext& context) {
    m_best.assign(m_parts.count(), kNoEdge);
    useLists();
    const std::vector<Eigen::Index> unproved = m_graph.isExact ? unprovedRows() : strandedRows();
    if (!search(unproved, context)) {
      return false;
    }
    const std::int32_t largest = m_parts.largest();
    for (std::size_t part = 0; part < m_best.size(); ++part) {
      const TreeEdge& edge = m_best[part];
      const bool isProved = static_cast<std::int32_t>(part) != largest;
      if (isProved && edge.a >= 0 && m_parts.join(edge.a, edge.b)) {
        edges.push_back(edge);
      }
    }
    m_parts.number();
    return true;
  }

 private:
  /// In parallel; the body writes what belongs to its row alone.
  template <typename Body>
  void forEachRow(const Body& body) const {
    const Eigen::Index n = m_rows.count();
    base::parallelBlocks((n + kColumnsPerTile - 1) / kColumnsPerTile, [&](std::int64_t block) {
      const Eigen::Index end = std::min(n, (block + 1) * kColumnsPerTile);
      for (Eigen::Index row = block * kColumnsPerTile; row < end; ++row) {
        body(row);
      }
    });
  }

  float distance(Eigen::Index a, Eigen::Index b) const {
    return std::sqrt(neighbors::squaredDistance(m_rows.values().row(a).data(),
                                                m_rows.values().row(b).data(),
                                                static_cast<std::size_t>(m_rows.values().cols())));
  }

  float mutual(Eigen::Index a, Eigen::Index b) const {
    return std::max(
        {distance(a, b), m_core[static_cast<std::size_t>(a)], m_core[static_cast<std::size_t>(b)]});
  }

  void offer(std::int32_t part, const TreeEdge& edge) {
    TreeEdge& best = m_best[static_cast<std::size_t>(part)];
    best = std::min(best, edge);
  }

  /// The shortest listed edge out of each part; lists lead both ways.
  void useLists() {
    for (Eigen::Index row = 0; row < m_rows.count(); ++row) {
      for (Eigen::Index i = 0; i < m_graph.rows.cols(); ++i) {
        const std::int32_t other = m_graph.rows(row, i);
        if (m_parts.of(other) != m_parts.of(row)) {
          const TreeEdge edge = edgeBetween(row, other, m_mutual(row, i));
          offer(m_parts.of(row), edge);
          offer(m_parts.of(other), edge);
        }
      }
    }
  }

  /// Rows of smaller parts that may have a shorter edge out than their lists hold.
  std::vector<Eigen::Index> unprovedRows() const {
    std::vector<Eigen::Index> rows;
    const std::int32_t largest = m_parts.largest();
    for (Eigen::Index row = 0; row < m_rows.count(); ++row) {
      const std::int32_t part = m_parts.of(row);
      const auto place = static_cast<std::size_t>(row);
      if (part != largest && std::max(m_reach[place], m_core[place]) <
                                 m_best[static_cast<std::size_t>(part)].distance) {
        rows.push_back(row);
      }
    }
    return rows;
  }

  /// Rows of smaller parts that no list leads out of.
  std::vector<Eigen::Index> strandedRows() const {
    std::vector<std::size_t> taken(m_parts.count());
    std::vector<Eigen::Index> rows;
    const std::int32_t largest = m_parts.largest();
    for (Eigen::Index row = 0; row < m_rows.count(); ++row) {
      const std::int32_t part = m_parts.of(row);
      if (part != largest && m_best[static_cast<std::size_t>(part)].a < 0 &&
          taken[static_cast<std::size_t>(part)]++ < kSampledRows) {
        rows.push_back(row);
      }
    }
    return rows;
  }

  /// Looks among all rows for the shortest edges from some. @return false when stopped.
  bool search(const std::vector<Eigen::Index>& rows, const base::TaskContext& context) {
    const auto count = static_cast<Eigen::Index>(rows.size());
    std::vector<std::pair<float, Eigen::Index>> found(rows.size(), {kFar, -1});
    base::parallelBlocks((count + kRowsPerTile - 1) / kRowsPerTile, [&](std::int64_t block) {
      const Eigen::Index first = block * kRowsPerTile;
      const Eigen::Index own = std::min(kRowsPerTile, count - first);
      base::RowMatrix gathered(own, m_rows.values().cols());
      for (Eigen::Index i = 0; i < own; ++i) {
        gathered.row(i) = m_rows.values().row(rows[static_cast<std::size_t>(first + i)]);
      }
      for (Eigen::Index column = 0; column < m_rows.count(); column += kColumnsPerTile) {
        if (context.stopRequested()) {
          return;
        }
        const Eigen::Index columns = std::min(kColumnsPerTile, m_rows.count() - column);
        const base::RowMatrix products =
            gathered * m_rows.values().middleRows(column, columns).transpose();
        for (Eigen::Index i = 0; i < own; ++i) {
          searchRow(rows[static_cast<std::size_t>(first + i)], products.row(i).data(), column,
                    columns, found[static_cast<std::size_t>(first + i)]);
        }
      }
    });
    if (context.stopRequested()) {
      return false;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (found[i].second >= 0) {
        offer(m_parts.of(rows[i]),
              edgeBetween(rows[i], found[i].second, mutual(rows[i], found[i].second)));
      }
    }
    return true;
  }

  void searchRow(Eigen::Index row, const float* products, Eigen::Index first, Eigen::Index count,
                 std::pair<float, Eigen::Index>& best) const {
    const std::int32_t part = m_parts.of(row);
    const std::int32_t* parts = m_parts.numbers() + first;
    const float own = m_core[static_cast<std::size_t>(row)];
    const float* core = m_core.data() + first;
    const float* offsets = m_rows.offsets().data() + first;
    const float offset = m_rows.offsets()(row);
    for (Eigen::Index j = 0; j < count; ++j) {
      const float squared = offset + offsets[j] - 2 * products[j];
      const float reach = std::max({squared, own * own, core[j] * core[j]});
      if (reach < best.first && parts[j] != part) {
        best = {reach, first + j};
      }
    }
  }

  const GraphRows& m_rows;
  const NeighborGraph& m_graph;
  Parts m_parts;
  std::vector<float> m_core;     ///< n
  std::vector<float> m_reach;    ///< n: no row that is not listed is nearer
  base::RowMatrix m_mutual;      ///< n × listed
  std::vector<TreeEdge> m_best;  ///< out of each part
};

}  // namespace

std::optional<ReachabilityTree> reachabilityTree(const Eigen::Ref<const base::RowMatrix>& rows,
                                                 const ReachabilityOptions& options,
                                                 const base::TaskContext& context) {
  base::useOneBlasThread();
  const Eigen::Index minSamples = std::clamp<Eigen::Index>(options.minSamples, 1, rows.rows());
  neighbors::NeighborGraphOptions listing;
  listing.k = std::min(std::max(minSamples, kLeastListed), rows.rows() - 1);
  listing.metric = neighbors::Metric::Euclidean;
  listing.exactUpTo = options.exactUpTo;
  listing.seed = options.seed;
  const std::optional<NeighborGraph> graph =
      neighbors::neighborGraph(rows, listing, context.part(0, kListed));
  if (!graph) {
    return {};
  }
  const GraphRows prepared(rows, neighbors::Metric::Euclidean);
  Builder builder(prepared, *graph, minSamples);
  ReachabilityTree tree;
  tree.isExact = graph->isExact;
  tree.edges.reserve(static_cast<std::size_t>(rows.rows() - 1));
  const double rounds = std::log2(static_cast<double>(rows.rows()));
  const base::TaskContext joining = context.part(kListed, 1);
  while (builder.partCount() > 1) {
    if (context.stopRequested() || !builder.addRound(tree.edges, context)) {
      return {};
    }
    joining.report(1 - std::log2(static_cast<double>(builder.partCount())) / std::max(rounds, 1.0));
  }
  const auto unit = static_cast<float>(prepared.unit());
  tree.coreDistances = builder.core();
  for (float& distance : tree.coreDistances) {
    distance *= unit;
  }
  for (TreeEdge& edge : tree.edges) {
    edge.distance *= unit;
  }
  std::ranges::sort(tree.edges, std::less{});
  return tree;
}

}  // namespace embedscope::clusters
