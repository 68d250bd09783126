// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/row_ranking.h"

#include "core/base/parallel.h"
#include "core/neighbors/score_limit.h"
#include "core/neighbors/thread_pieces.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <utility>

namespace embedscope::neighbors {

namespace {

constexpr std::int64_t kMostRowsPerBlock = 2048;
constexpr std::int64_t kNumbersPerBlock = std::int64_t{1} << 22;

/// The best k of some rows: a heap with the farthest in front, as soon as there are k.
class Best {
 public:
  Best(std::size_t k, Nearer nearer) : m_k(k), m_nearer(nearer) {}

  /// Adds what belongs to the best k of all that was offered here.
  ///
  /// @param limit     what a score must not fall behind to be among the best k of all rows.
  /// @param excluded  sorted.
  void offer(std::span<const float> scores, std::int64_t first, ScoreLimit<float>& limit,
             std::span<const std::int64_t> excluded) {
    float bound = limit.value();
    std::int64_t row = first - 1;
    for (const float score : scores) {
      ++row;
      // NaN passes neither comparison.
      if (!(m_nearer.larger ? score >= bound : score <= bound) ||
          std::binary_search(excluded.begin(), excluded.end(), row)) {
        continue;
      }
      if (insert({row, score})) {
        bound = limit.tighten(m_heap.front().score);
      }
    }
  }

  const std::vector<Neighbor>& neighbors() const { return m_heap; }

 private:
  /// @return whether the k-th best may have changed.
  bool insert(const Neighbor& candidate) {
    if (m_heap.size() == m_k) {
      if (!m_nearer(candidate, m_heap.front())) {
        return false;
      }
      std::pop_heap(m_heap.begin(), m_heap.end(), m_nearer);
      m_heap.back() = candidate;
      std::push_heap(m_heap.begin(), m_heap.end(), m_nearer);
      return true;
    }
    m_heap.push_back(candidate);
    if (m_heap.size() < m_k) {
      return false;
    }
    std::make_heap(m_heap.begin(), m_heap.end(), m_nearer);
    return true;
  }

  std::size_t m_k;
  Nearer m_nearer;
  std::vector<Neighbor> m_heap;
};

}  // namespace

void keepNearest(std::vector<Neighbor>& neighbors, std::size_t k, Nearer nearer) {
  const auto end = neighbors.begin() + static_cast<std::ptrdiff_t>(std::min(k, neighbors.size()));
  std::partial_sort(neighbors.begin(), end, neighbors.end(), nearer);
  neighbors.erase(end, neighbors.end());
}

std::vector<Neighbor> bestRows(const Ranking& ranking, const ScoreRows& score,
                               const base::TaskContext& context) {
  std::vector<std::int64_t> excluded(ranking.excluded.begin(), ranking.excluded.end());
  std::sort(excluded.begin(), excluded.end());
  const auto wanted = static_cast<std::size_t>(std::min(ranking.k, ranking.rows));
  const Nearer nearer{ranking.largerIsNearer};
  const std::int64_t rowsPerBlock =
      std::clamp(kNumbersPerBlock / std::max<std::int64_t>(ranking.numbersPerRow, 1),
                 std::int64_t{16}, kMostRowsPerBlock);
  const std::int64_t blocks = (ranking.rows + rowsPerBlock - 1) / rowsPerBlock;
  ThreadPieces<Best> pieces;
  ScoreLimit<float> limit(ranking.largerIsNearer);
  std::atomic<std::int64_t> done{0};
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t first = block * rowsPerBlock;
    std::array<float, kMostRowsPerBlock> buffer;
    const std::span<float> scores = std::span(buffer).first(
        static_cast<std::size_t>(std::min(rowsPerBlock, ranking.rows - first)));
    score(first, scores);
    pieces.borrow([&] { return Best(wanted, nearer); })->offer(scores, first, limit, excluded);
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  if (context.stopRequested()) {
    return {};
  }
  std::vector<Neighbor> all;
  for (const auto& piece : pieces.all()) {
    all.insert(all.end(), piece->neighbors().begin(), piece->neighbors().end());
  }
  keepNearest(all, wanted, nearer);
  return all;
}

}  // namespace embedscope::neighbors
