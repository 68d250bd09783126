// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/many_queries.h"

#include "core/base/parallel.h"
#include "core/neighbors/query_tile.h"
#include "core/neighbors/score_limit.h"
#include "core/neighbors/shortlist.h"
#include "core/neighbors/thread_pieces.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <limits>
#include <span>

namespace embedscope::neighbors {

namespace {

/// The estimates of a block for a batch of queries stay in the cache.
constexpr Eigen::Index kQueriesPerTile = 256;
constexpr Eigen::Index kMostRows = 512;
constexpr Eigen::Index kFewestRows = 16;
/// Of one block, so that a stop is noticed in time.
constexpr Eigen::Index kMostMultiplications = Eigen::Index{1} << 28;
/// The shortlists of a batch take about 64 bytes for each neighbor wanted.
constexpr std::int64_t kQueriesPerBatch = 1024;
constexpr std::int64_t kNeighborsPerBatch = std::int64_t{1} << 19;
constexpr std::int64_t kPolledColumns = 16;
/// Where a part of the rows is wanted that is no small one, products choose nothing.
constexpr std::int64_t kLargeShare = 8;
/// Beyond so many, and four for each neighbor wanted, rows cannot be told apart by estimates.
constexpr std::size_t kMostCandidates = 4096;

base::RowMatrix preparedQueries(const ExactIndex& index, const base::RowMatrix& queries) {
  base::RowMatrix prepared(queries.rows(), queries.cols());
  for (Eigen::Index i = 0; i < queries.rows(); ++i) {
    const std::vector<float> query =
        index.prepared({queries.row(i).data(), static_cast<std::size_t>(queries.cols())});
    std::copy(query.begin(), query.end(), prepared.row(i).data());
  }
  return prepared;
}

/// A batch of queries on its way over all rows.
class Batch {
 public:
  Batch(const ExactIndex& index, const base::RowMatrix& queries,
        std::span<const std::int64_t> excluded, std::int64_t k)
      : m_index(index),
        m_asked(queries),
        m_queries(preparedQueries(index, queries)),
        m_excluded(excluded),
        m_k(static_cast<std::size_t>(k)),
        m_isAskedAlone(static_cast<std::size_t>(queries.rows())) {
    for (Eigen::Index first = 0; first < queries.rows(); first += kQueriesPerTile) {
      m_tiles.emplace_back(
          index, m_queries.middleRows(first, std::min(kQueriesPerTile, queries.rows() - first)));
    }
    for (Eigen::Index i = 0; i < queries.rows(); ++i) {
      m_limits.emplace_back(true);
      m_isAskedAlone[static_cast<std::size_t>(i)] =
          index.metric() != Metric::Manhattan &&
          m_tiles[static_cast<std::size_t>(i / kQueriesPerTile)].isExtreme(i % kQueriesPerTile);
    }
  }

  /// Looks at all rows. @return false when stopped.
  bool run(const base::TaskContext& context) {
    const Eigen::Index rows = m_index.table().rowCount();
    const Eigen::Index perBlock = std::clamp(
        kMostMultiplications / std::max<Eigen::Index>(m_queries.size(), 1), kFewestRows, kMostRows);
    const Eigen::Index blocks = (rows + perBlock - 1) / perBlock;
    std::atomic<Eigen::Index> done{0};
    base::parallelBlocks(blocks, [&](std::int64_t block) {
      const auto piece = m_pieces.borrow([this] { return Piece(m_queries.rows(), m_k); });
      const Eigen::Index first = block * perBlock;
      for (std::size_t tile = 0; tile < m_tiles.size() && !context.stopRequested(); ++tile) {
        piece->estimates.compute(m_tiles[tile], first, std::min(perBlock, rows - first));
        offer(*piece, tile, first, std::min(perBlock, rows - first));
      }
      context.report(static_cast<double>(++done) / static_cast<double>(blocks));
    });
    return !context.stopRequested();
  }

  /// The answer to a query, after all rows were looked at.
  std::vector<Neighbor> answer(Eigen::Index query, const base::TaskContext& context) const {
    const auto place = static_cast<std::size_t>(query);
    if (m_isAskedAlone[place]) {
      return m_index.nearest(numbersOf(m_asked, place), static_cast<std::int64_t>(m_k),
                             excludedOf(place), context);
    }
    std::vector<const Shortlist*> lists;
    for (const auto& piece : m_pieces.all()) {
      lists.push_back(&piece->lists[place]);
    }
    std::vector<Neighbor> near;
    for (const std::int64_t row : Shortlist::survivors(
             lists, m_limits[place].value(), [this](double sure) { return usable(sure); })) {
      const Neighbor neighbor{row, m_index.score(row, numbersOf(m_queries, place))};
      if (!std::isnan(neighbor.score)) {
        near.push_back(neighbor);
      }
    }
    keepNearest(near, m_k, Nearer{largerIsNearer(m_index.metric())});
    return near;
  }

 private:
  /// What one thread knows.
  struct Piece {
    Piece(Eigen::Index queries, std::size_t k)
        : lists(static_cast<std::size_t>(queries), Shortlist(k)) {}

    BlockEstimates estimates;
    std::vector<Shortlist> lists;
  };

  static std::span<const float> numbersOf(const base::RowMatrix& queries, std::size_t query) {
    return {queries.row(static_cast<Eigen::Index>(query)).data(),
            static_cast<std::size_t>(queries.cols())};
  }

  /// Cosines that float32 puts beyond 1 count as 1, so what is surely reached is no more.
  double usable(double sure) const {
    return m_index.metric() == Metric::Cosine ? std::min(sure, 1.0) : sure;
  }

  std::span<const std::int64_t> excludedOf(std::size_t query) const {
    return m_excluded[query] < 0 ? std::span<const std::int64_t>() : m_excluded.subspan(query, 1);
  }

  void offer(Piece& piece, std::size_t tile, Eigen::Index first, Eigen::Index count) {
    const QueryTile& queries = m_tiles[tile];
    for (Eigen::Index q = 0; q < queries.values().rows(); ++q) {
      const std::size_t query = tile * kQueriesPerTile + static_cast<std::size_t>(q);
      if (m_isAskedAlone[query]) {
        continue;
      }
      const double error = piece.estimates.error(queries, q);
      const float* estimates = piece.estimates.of(q);
      Shortlist& list = piece.lists[query];
      double limit = m_limits[query].value();
      for (const Eigen::Index place : piece.estimates.specialRows()) {
        offerRow(list, query, first + place, carefulKey(query, first + place), 0, limit);
      }
      for (Eigen::Index c = 0; c < count; c += kPolledColumns) {
        const Eigen::Index end = std::min(c + kPolledColumns, count);
        if (!anyReaches(estimates + c, end - c, limit - error)) {
          continue;
        }
        for (Eigen::Index i = c; i < end; ++i) {
          offerRow(list, query, first + i, static_cast<double>(estimates[i]), error, limit);
        }
      }
      if (list.size() > 4 * m_k + 64) {
        list.drop(limit);
        m_isAskedAlone[query] = m_isAskedAlone[query] || list.size() > 4 * m_k + kMostCandidates;
      }
    }
  }

  /// One pass without branches, since nearly never one does.
  static bool anyReaches(const float* estimates, Eigen::Index count, double limit) {
    // Rounded towards what lets more rows in.
    const float bound =
        std::nextafter(static_cast<float>(limit), -std::numeric_limits<float>::infinity());
    int hits = 0;
    for (Eigen::Index i = 0; i < count; ++i) {
      hits |= static_cast<int>(estimates[i] >= bound);
    }
    return hits != 0;
  }

  void offerRow(Shortlist& list, std::size_t query, std::int64_t row, double estimate, double error,
                double& limit) {
    // NaN passes no comparison.
    if (!(estimate + error >= limit) || m_excluded[query] == row) {
      return;
    }
    if (list.offer(row, estimate - error, estimate + error)) {
      limit = m_limits[query].tighten(usable(list.sureLimit()));
    }
  }

  /// The score of a row in the form of the estimates.
  double carefulKey(std::size_t query, std::int64_t row) const {
    const auto score = static_cast<double>(m_index.score(row, numbersOf(m_queries, query)));
    return m_index.metric() == Metric::Euclidean ? -score * score : score;
  }

  const ExactIndex& m_index;
  const base::RowMatrix& m_asked;
  base::RowMatrix m_queries;  ///< prepared
  std::span<const std::int64_t> m_excluded;
  std::size_t m_k;
  std::vector<std::atomic<bool>> m_isAskedAlone;  ///< estimates do not help this query
  std::vector<QueryTile> m_tiles;
  std::deque<ScoreLimit<double>> m_limits;  ///< one for each query
  ThreadPieces<Piece> m_pieces;
};

/// One query after the other.
std::vector<std::vector<Neighbor>> nearestOneByOne(const ExactIndex& index,
                                                   const base::RowMatrix& queries,
                                                   std::span<const std::int64_t> excluded,
                                                   std::int64_t k,
                                                   const base::TaskContext& context) {
  std::vector<std::vector<Neighbor>> answers;
  for (Eigen::Index i = 0; i < queries.rows() && !context.stopRequested(); ++i) {
    const auto place = static_cast<std::size_t>(i);
    answers.push_back(index.nearest(
        std::span<const float>(queries.row(i).data(), static_cast<std::size_t>(queries.cols())), k,
        excluded[place] < 0 ? std::span<const std::int64_t>() : excluded.subspan(place, 1),
        base::TaskContext(context.stopToken(), {})));
    context.report(static_cast<double>(i + 1) / static_cast<double>(queries.rows()));
  }
  return answers;
}

}  // namespace

std::vector<std::vector<Neighbor>> nearestOfQueries(const ExactIndex& index,
                                                    const base::RowMatrix& queries,
                                                    std::span<const std::int64_t> excluded,
                                                    std::int64_t k,
                                                    const base::TaskContext& context) {
  std::vector<std::vector<Neighbor>> answers;
  if (k > index.table().rowCount() / kLargeShare) {
    answers = nearestOneByOne(index, queries, excluded, k, context);
    return context.stopRequested() ? std::vector<std::vector<Neighbor>>() : answers;
  }
  base::useOneBlasThread();
  const Eigen::Index perBatch =
      std::clamp<std::int64_t>(kNeighborsPerBatch / k, 16, kQueriesPerBatch);
  answers.resize(static_cast<std::size_t>(queries.rows()));
  for (Eigen::Index first = 0; first < queries.rows(); first += perBatch) {
    const Eigen::Index count = std::min(perBatch, queries.rows() - first);
    const double all = static_cast<double>(queries.rows());
    const base::RowMatrix some = queries.middleRows(first, count);
    Batch batch(index, some,
                excluded.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)),
                k);
    if (!batch.run(context.part(static_cast<double>(first) / all,
                                static_cast<double>(first + count) / all))) {
      return {};
    }
    base::parallelBlocks(count, [&](std::int64_t query) {
      answers[static_cast<std::size_t>(first + query)] =
          batch.answer(query, base::TaskContext(context.stopToken(), {}));
    });
  }
  return context.stopRequested() ? std::vector<std::vector<Neighbor>>() : answers;
}

}  // namespace embedscope::neighbors
