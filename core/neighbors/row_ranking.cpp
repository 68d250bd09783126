// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/row_ranking.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

namespace embedscope::neighbors {

namespace {

constexpr std::int64_t kRowsPerBlock = 2048;

/// A total order: equal scores by row, so that no result depends on the order of the work.
struct Nearer {
  bool larger;

  bool operator()(const Neighbor& a, const Neighbor& b) const {
    if (a.score != b.score) {
      return larger ? a.score > b.score : a.score < b.score;
    }
    return a.row < b.row;
  }
};

/// The best k of the rows from `first` on. @param excluded  sorted.
std::vector<Neighbor> bestOf(std::span<const float> scores, std::int64_t first, std::size_t k,
                             Nearer nearer, std::span<const std::int64_t> excluded) {
  std::vector<Neighbor> best;  // a heap with the farthest in front
  best.reserve(std::min(k, scores.size()));
  std::int64_t row = first;
  for (const float score : scores) {
    const Neighbor candidate{row++, score};
    if (std::isnan(score) || (best.size() == k && !nearer(candidate, best.front())) ||
        std::binary_search(excluded.begin(), excluded.end(), candidate.row)) {
      continue;
    }
    if (best.size() == k) {
      std::pop_heap(best.begin(), best.end(), nearer);
      best.pop_back();
    }
    best.push_back(candidate);
    std::push_heap(best.begin(), best.end(), nearer);
  }
  return best;
}

}  // namespace

std::vector<Neighbor> bestRows(const Ranking& ranking, const ScoreRows& score,
                               const base::TaskContext& context) {
  std::vector<std::int64_t> excluded(ranking.excluded.begin(), ranking.excluded.end());
  std::sort(excluded.begin(), excluded.end());
  const auto wanted = static_cast<std::size_t>(std::min(ranking.k, ranking.rows));
  const Nearer nearer{ranking.largerIsNearer};

  const std::int64_t blocks = (ranking.rows + kRowsPerBlock - 1) / kRowsPerBlock;
  std::vector<std::vector<Neighbor>> found(static_cast<std::size_t>(blocks));
  std::atomic<std::int64_t> done{0};
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t first = block * kRowsPerBlock;
    std::array<float, kRowsPerBlock> buffer;
    const std::span<float> scores = std::span(buffer).first(
        static_cast<std::size_t>(std::min(kRowsPerBlock, ranking.rows - first)));
    score(first, scores);
    found[static_cast<std::size_t>(block)] = bestOf(scores, first, wanted, nearer, excluded);
    context.report(static_cast<double>(++done) / static_cast<double>(blocks));
  });
  if (context.stopRequested()) {
    return {};
  }
  std::vector<Neighbor> all;
  for (const std::vector<Neighbor>& part : found) {
    all.insert(all.end(), part.begin(), part.end());
  }
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, all.size()));
  std::partial_sort(all.begin(), end, all.end(), nearer);
  all.erase(end, all.end());
  return all;
}

}  // namespace embedscope::neighbors
