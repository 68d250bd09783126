// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/hnsw_index.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/row_sample.h"
#include "core/neighbors/row_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <string>
#include <utility>

namespace embedscope::neighbors {

namespace {

using base::Error;
using base::ErrorCode;

constexpr double kRoundingShare = 0.02;  // of the time

}  // namespace

std::int64_t HnswIndex::bytesFor(const table::EmbeddingTable& table, const HnswOptions& options) {
  constexpr std::int64_t kOfDistance = 2 * sizeof(float) + 1;
  return RoundedRows::bytesFor(table) + table.rowCount() * kOfDistance +
         HnswGraph::bytesFor(table.rowCount(), options.links);
}

HnswIndex::HnswIndex(ExactIndex exact, std::unique_ptr<const RoundedDistance> distance,
                     HnswGraph graph)
    : m_exact(std::move(exact)), m_distance(std::move(distance)), m_graph(std::move(graph)) {
  for (std::int64_t row = 0; row < m_distance->count(); ++row) {
    if (m_graph.level(row) < 0 && allFinite(m_exact.table().row(row))) {
      m_loose.push_back(row);
    }
  }
}

std::shared_ptr<const HnswIndex> HnswIndex::build(table::TablePtr table, Metric metric,
                                                  const HnswOptions& options,
                                                  std::shared_ptr<const RoundedRows> rounded,
                                                  const base::TaskContext& context) {
  if (metric == Metric::Manhattan) {
    throw Error(ErrorCode::InvalidArgument,
                "an approximate index takes the metric cosine, dot or euclidean, not manhattan");
  }
  try {
    if (!rounded) {
      rounded = RoundedRows::of(*table, context.part(0, kRoundingShare));
    }
    if (!rounded) {
      return nullptr;
    }
    auto distance = std::make_unique<const RoundedDistance>(metric, rounded, context);
    std::optional<HnswGraph> graph = builtHnsw(*distance, options, context.part(kRoundingShare, 1));
    if (!graph) {
      return nullptr;
    }
    return std::shared_ptr<const HnswIndex>(
        new HnswIndex(ExactIndex(table, metric, rounded), std::move(distance), *std::move(graph)));
  } catch (const std::bad_alloc&) {
    throw Error(ErrorCode::InvalidArgument, "an approximate index of this table takes " +
                                                std::to_string(bytesFor(*table, options) >> 20) +
                                                " MB, which this machine does not have");
  }
}

std::vector<Neighbor> HnswIndex::nearest(std::span<const float> query, std::int64_t k,
                                         std::span<const std::int64_t> exclude,
                                         std::int64_t breadth) const {
  if (k < 1) {
    throw Error(ErrorCode::InvalidArgument, "at least one neighbor must be asked for");
  }
  const std::vector<float> wanted = m_exact.prepared(query);
  const std::int64_t most = m_exact.table().rowCount();
  k = std::min(k, most);
  const auto inView = static_cast<std::size_t>(
      std::min(most, std::max(breadth, k) + static_cast<std::int64_t>(exclude.size())));
  std::vector<std::int64_t> rows = m_loose;
  const RoundedDistance::Query rounded = m_distance->query(wanted);
  if (m_graph.entry() >= 0 && inView > 0) {
    const auto walk = m_walks.borrow([this] { return HnswWalk(m_graph, *m_distance); });
    Reached near = walk->entry(rounded.point);
    for (int layer = m_graph.level(near.row); layer > 0; --layer) {
      near = walk->descend(rounded.point, near, layer);
    }
    for (const Reached& reached : walk->search(rounded.point, std::span(&near, 1), 0, inView)) {
      rows.push_back(reached.row);
    }
  }
  std::vector<Neighbor> found;
  for (const std::int64_t row : rows) {
    if (std::find(exclude.begin(), exclude.end(), row) == exclude.end()) {
      found.push_back({row, m_exact.score(row, wanted)});
    }
  }
  keepNearest(found, static_cast<std::size_t>(k), Nearer{largerIsNearer(m_exact.metric())});
  return found;
}

std::vector<Neighbor> HnswIndex::nearestOfRow(std::int64_t row, std::int64_t k,
                                              std::int64_t breadth) const {
  if (row < 0 || row >= m_exact.table().rowCount()) {
    throw Error(ErrorCode::InvalidArgument, "there is no row " + std::to_string(row));
  }
  const std::array<std::int64_t, 1> self = {row};
  return nearest(m_exact.table().row(row), k, self, breadth);
}

std::optional<double> HnswIndex::sampledRecall(std::int64_t k, std::int64_t sample,
                                               std::int64_t breadth, std::uint64_t seed,
                                               const base::TaskContext& context) const {
  std::vector<std::int64_t> rows;
  for (const std::int32_t row : base::sampledRows(m_exact.table().rowCount(), sample, seed)) {
    if (allFinite(m_exact.table().row(row))) {
      rows.push_back(row);
    }
  }
  const std::vector<std::vector<Neighbor>> truth = m_exact.nearestOfRows(rows, k, context);
  if (context.stopRequested()) {
    return {};
  }
  const Nearer nearer{largerIsNearer(m_exact.metric())};
  std::vector<std::int64_t> hits(rows.size());
  base::parallelBlocks(static_cast<std::int64_t>(rows.size()), [&](std::int64_t i) {
    const auto place = static_cast<std::size_t>(i);
    if (context.stopRequested() || truth[place].empty()) {
      return;
    }
    const float last = truth[place].back().score;
    for (const Neighbor& found : nearestOfRow(rows[place], k, breadth)) {
      hits[place] += !(nearer.larger ? found.score < last : found.score > last) ? 1 : 0;
    }
  });
  if (context.stopRequested()) {
    return {};
  }
  std::int64_t wanted = 0;
  std::int64_t found = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    wanted += static_cast<std::int64_t>(truth[i].size());
    found += hits[i];
  }
  return wanted > 0 ? static_cast<double>(found) / static_cast<double>(wanted) : 1;
}

}  // namespace embedscope::neighbors
