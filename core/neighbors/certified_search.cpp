// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/certified_search.h"

#include "core/base/parallel.h"
#include "core/neighbors/candidates.h"
#include "core/neighbors/rounded_kernels.h"
#include "core/neighbors/rounded_query.h"
#include "core/neighbors/score_limit.h"
#include "core/neighbors/shortlist.h"
#include "core/neighbors/thread_pieces.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

namespace embedscope::neighbors {

namespace {

constexpr std::int64_t kMostRowsPerBlock = 2048;
constexpr std::int64_t kNumbersPerBlock = std::int64_t{1} << 23;
/// Scoring a row out of its turn costs several times as much as in a pass over all.
constexpr std::int64_t kMostCandidates = 8;  // one row in so many

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

  /// The rows that are not out.
  std::vector<Candidate> candidates() const {
    std::vector<const Shortlist*> lists;
    for (const auto& piece : m_pieces.all()) {
      lists.push_back(piece.get());
    }
    return Shortlist::survivors(lists, m_limit.value(), [this](double least) {
      return usableLimit(m_query.metric(), least);
    });
  }

 private:
  void look(std::int64_t first, std::size_t count) {
    std::array<std::int32_t, kMostRowsPerBlock> products;
    std::array<double, kMostRowsPerBlock> least;
    std::array<double, kMostRowsPerBlock> most;
    roundedProducts(m_rounded.row(first), count, m_rounded.stride(), m_query.values().data(),
                    products.data());
    m_query.bounds(m_rounded, first, std::span(products).first(count), least.data(), most.data());
    const auto piece = m_pieces.borrow([this] { return Shortlist(m_k); });
    double limit = m_limit.value();
    const std::size_t before = piece->size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t row = first + static_cast<std::int64_t>(i);
      // Bounds of rows that hold NaN are NaN and pass no comparison.
      if (!(most[i] >= limit) || std::binary_search(m_excluded.begin(), m_excluded.end(), row)) {
        continue;
      }
      if (piece->offer(row, least[i], most[i])) {
        limit = m_limit.tighten(usableLimit(m_query.metric(), piece->sureLimit()));
      }
    }
    m_candidates += static_cast<std::int64_t>(piece->size() - before);
    if (m_candidates > m_rounded.count() / 2) {
      m_isHopeless = true;
    }
  }

  const RoundedRows& m_rounded;
  const RoundedQuery& m_query;
  std::size_t m_k;
  std::vector<std::int64_t> m_excluded;
  ThreadPieces<Shortlist> m_pieces;
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
  std::vector<Candidate> candidates = search.candidates();
  if (static_cast<std::int64_t>(candidates.size()) > rounded.count() / kMostCandidates) {
    return {};
  }
  return nearestOfCandidates(index, query, std::move(candidates), static_cast<std::size_t>(k),
                             context.part(1, 1));
}

}  // namespace embedscope::neighbors
