// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/certified_search.h"

#include "core/base/parallel.h"
#include "core/neighbors/kernels.h"
#include "core/neighbors/rounded_kernels.h"
#include "core/neighbors/rounded_query.h"
#include "core/neighbors/score_limit.h"
#include "core/neighbors/thread_pieces.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>

namespace embedscope::neighbors {

namespace {

constexpr std::int64_t kMostRowsPerBlock = 2048;
constexpr std::int64_t kNumbersPerBlock = std::int64_t{1} << 23;
/// Scoring a row out of its turn costs several times as much as in a pass over all.
constexpr std::int64_t kMostCandidates = 8;  // one row in so many

/// A row that may be among the best, and how near it is at best.
struct Candidate {
  std::int64_t row = 0;
  double best = 0;
};

/// What one thread found: candidates, and the k largest of the scores that rows have at least, the
/// smallest in front.
struct Found {
  std::vector<Candidate> candidates;
  std::vector<double> sure;
};

class Search {
 public:
  Search(const RoundedRows& rounded, const RoundedQuery& query, std::int64_t k,
         std::span<const std::int64_t> exclude)
      : m_rounded(rounded),
        m_query(query),
        m_k(static_cast<std::size_t>(k)),
        m_excluded(exclude.begin(), exclude.end()) {
    std::sort(m_excluded.begin(), m_excluded.end());
  }

  /// Looks at all rows. @return false when stopped or when too many rows are candidates.
  bool run(const base::TaskContext& context) {
    const std::int64_t rows = m_rounded.count();
    const auto stride = static_cast<std::int64_t>(m_rounded.stride());
    const std::int64_t perBlock =
        std::clamp(kNumbersPerBlock / stride, std::int64_t{16}, kMostRowsPerBlock);
    const std::int64_t blocks = (rows + perBlock - 1) / perBlock;
    std::atomic<std::int64_t> done{0};
    base::parallelBlocks(blocks, [&](std::int64_t block) {
      if (context.stopRequested() || m_isHopeless) {
        return;
      }
      const std::int64_t first = block * perBlock;
      look(first, static_cast<std::size_t>(std::min(perBlock, rows - first)));
      context.report(static_cast<double>(++done) / static_cast<double>(blocks));
    });
    return !context.stopRequested() && !m_isHopeless;
  }

  /// The rows that are not out, in rising order.
  std::vector<std::int64_t> candidates() const {
    std::vector<double> sure;
    for (const auto& piece : m_pieces.all()) {
      sure.insert(sure.end(), piece->sure.begin(), piece->sure.end());
    }
    double limit = m_limit.value();
    if (sure.size() >= m_k) {
      const auto last = sure.begin() + static_cast<std::ptrdiff_t>(m_k - 1);
      std::nth_element(sure.begin(), last, sure.end(), std::greater<>());
      limit = std::max(limit, m_query.usableLimit(*last));
    }
    std::vector<std::int64_t> rows;
    for (const auto& piece : m_pieces.all()) {
      for (const Candidate& candidate : piece->candidates) {
        if (candidate.best >= limit) {
          rows.push_back(candidate.row);
        }
      }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  }

 private:
  void look(std::int64_t first, std::size_t count) {
    std::array<std::int32_t, kMostRowsPerBlock> products;
    std::array<double, kMostRowsPerBlock> least;
    std::array<double, kMostRowsPerBlock> most;
    roundedProducts(m_rounded.row(first), count, m_rounded.stride(), m_query.values(),
                    products.data());
    m_query.bounds(first, std::span(products).first(count), least.data(), most.data());
    const auto piece = m_pieces.borrow([] { return Found(); });
    double limit = m_limit.value();
    const std::size_t before = piece->candidates.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t row = first + static_cast<std::int64_t>(i);
      // Bounds of rows that hold NaN are NaN and pass no comparison.
      if (!(most[i] >= limit) || std::binary_search(m_excluded.begin(), m_excluded.end(), row)) {
        continue;
      }
      piece->candidates.push_back({row, most[i]});
      if (insert(piece->sure, least[i])) {
        limit = m_limit.tighten(m_query.usableLimit(piece->sure.front()));
      }
    }
    m_candidates += static_cast<std::int64_t>(piece->candidates.size() - before);
    if (m_candidates > m_rounded.count() / 2) {
      m_isHopeless = true;
    }
  }

  /// @return whether the k-th largest may have changed.
  bool insert(std::vector<double>& sure, double score) const {
    if (sure.size() == m_k) {
      if (score <= sure.front()) {
        return false;
      }
      std::pop_heap(sure.begin(), sure.end(), std::greater<>());
      sure.back() = score;
      std::push_heap(sure.begin(), sure.end(), std::greater<>());
      return true;
    }
    sure.push_back(score);
    if (sure.size() < m_k) {
      return false;
    }
    std::make_heap(sure.begin(), sure.end(), std::greater<>());
    return true;
  }

  const RoundedRows& m_rounded;
  const RoundedQuery& m_query;
  std::size_t m_k;
  std::vector<std::int64_t> m_excluded;
  ThreadPieces<Found> m_pieces;
  ScoreLimit<double> m_limit{true};
  std::atomic<std::int64_t> m_candidates{0};
  std::atomic<bool> m_isHopeless{false};
};

}  // namespace

std::optional<std::vector<Neighbor>> certifiedNearest(const ExactIndex& index,
                                                      const RoundedRows& rounded,
                                                      std::span<const float> query, std::int64_t k,
                                                      std::span<const std::int64_t> exclude,
                                                      const base::TaskContext& context) {
  if (k > rounded.count() / kMostCandidates) {
    return {};
  }
  const std::optional<RoundedQuery> first = RoundedQuery::of(index.metric(), rounded, query);
  if (!first) {
    return {};
  }
  Search search(rounded, *first, k, exclude);
  if (!search.run(context)) {
    return context.stopRequested() ? std::optional(std::vector<Neighbor>()) : std::nullopt;
  }
  const std::vector<std::int64_t> rows = search.candidates();
  if (static_cast<std::int64_t>(rows.size()) > rounded.count() / kMostCandidates) {
    return {};
  }
  const Ranking ranking{static_cast<std::int64_t>(rows.size()),
                        k,
                        largerIsNearer(index.metric()),
                        {},
                        index.table().dimension()};
  std::vector<Neighbor> best = bestRows(
      ranking,
      [&](std::int64_t place, std::span<float> scores) {
        for (float& score : scores) {
          score = index.score(rows[static_cast<std::size_t>(place++)], query);
        }
      },
      context.part(1, 1));
  for (Neighbor& neighbor : best) {
    neighbor.row = rows[static_cast<std::size_t>(neighbor.row)];
  }
  return best;
}

}  // namespace embedscope::neighbors
