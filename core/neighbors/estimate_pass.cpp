// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/estimate_pass.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope::neighbors {

namespace {

/// The estimates of a block for a tile of queries stay in the cache.
constexpr Eigen::Index kQueriesPerTile = 256;
constexpr std::int64_t kMostRows = 512;
constexpr std::int64_t kFewestRows = 16;
/// Of one block, so that a stop is noticed in time.
constexpr std::int64_t kMostMultiplications = std::int64_t{1} << 28;
constexpr std::int64_t kPolledColumns = 16;

/// Turns what is estimated of Euclidean distances, their squares, into what is offered.
double scoreOf(Metric metric, double estimate) {
  return metric == Metric::Euclidean ? -std::sqrt(std::max(-estimate, 0.0)) : estimate;
}

/// The other way round.
double estimateOf(Metric metric, double score) {
  return metric == Metric::Euclidean ? -score * score : score;
}

/// One pass without branches, since nearly never one does.
bool anyReaches(const float* estimates, std::int64_t count, double limit) {
  // Rounded towards what lets more rows in.
  const float bound =
      std::nextafter(static_cast<float>(limit), -std::numeric_limits<float>::infinity());
  int hits = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    hits |= static_cast<int>(estimates[i] >= bound);
  }
  return hits != 0;
}

}  // namespace

EstimatePass::EstimatePass(QueryBatch& batch) : m_batch(batch) {
  const base::RowMatrix& queries = batch.prepared();
  for (Eigen::Index first = 0; first < queries.rows(); first += kQueriesPerTile) {
    m_tiles.emplace_back(
        batch.index(),
        queries.middleRows(first, std::min(kQueriesPerTile, queries.rows() - first)));
  }
  for (Eigen::Index i = 0; i < queries.rows(); ++i) {
    if (batch.index().metric() != Metric::Manhattan &&
        m_tiles[static_cast<std::size_t>(i / kQueriesPerTile)].isExtreme(i % kQueriesPerTile)) {
      batch.askAlone(static_cast<std::size_t>(i));
    }
  }
}

std::int64_t EstimatePass::rowsPerBlock() const {
  return std::clamp(kMostMultiplications / std::max<Eigen::Index>(m_batch.prepared().size(), 1),
                    kFewestRows, kMostRows);
}

void EstimatePass::look(std::int64_t first, std::int64_t count, const base::TaskContext& context) {
  const auto estimates = m_estimates.borrow([] { return BlockEstimates(); });
  const auto lists = m_batch.borrowLists();
  for (std::size_t tile = 0; tile < m_tiles.size() && !context.stopRequested(); ++tile) {
    estimates->compute(m_tiles[tile], first, count);
    offer(*estimates, *lists, tile, first, count);
  }
}

void EstimatePass::offer(const BlockEstimates& estimates, QueryBatch::Lists& lists,
                         std::size_t tile, std::int64_t first, std::int64_t count) {
  const QueryTile& queries = m_tiles[tile];
  const Metric metric = m_batch.index().metric();
  for (Eigen::Index q = 0; q < queries.values().rows(); ++q) {
    const std::size_t query = tile * kQueriesPerTile + static_cast<std::size_t>(q);
    if (m_batch.isAskedAlone(query)) {
      continue;
    }
    for (const Eigen::Index place : estimates.specialRows()) {
      const auto score =
          static_cast<double>(m_batch.index().score(first + place, m_batch.prepared(query)));
      const double key = largerIsNearer(metric) ? score : -score;
      m_batch.offer(lists, query, first + place, key, key);
    }
    const double error = estimates.error(queries, q);
    const float* values = estimates.of(q);
    for (std::int64_t c = 0; c < count; c += kPolledColumns) {
      const std::int64_t end = std::min(c + kPolledColumns, count);
      if (!anyReaches(values + c, end - c, estimateOf(metric, m_batch.limit(query)) - error)) {
        continue;
      }
      for (std::int64_t i = c; i < end; ++i) {
        const auto estimate = static_cast<double>(values[i]);
        m_batch.offer(lists, query, first + i, scoreOf(metric, estimate - error),
                      scoreOf(metric, estimate + error));
      }
    }
    m_batch.trim(lists, query);
  }
}

}  // namespace embedscope::neighbors
