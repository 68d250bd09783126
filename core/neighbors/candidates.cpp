// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/candidates.h"

#include "core/base/parallel.h"
#include "core/neighbors/rounded_query.h"
#include "core/neighbors/row_ranking.h"

#include <algorithm>
#include <functional>

namespace embedscope::neighbors {

namespace {

constexpr std::size_t kRowsPerBlock = 256;
/// Rows asked for before they are scored: enough to hide what memory takes, few enough to stay in
/// the cache until then.
constexpr std::size_t kRowsAhead = 4;
constexpr std::size_t kNumbersOfLine = 64 / sizeof(float);

void prefetch(std::span<const float> row) {
  for (std::size_t i = 0; i < row.size(); i += kNumbersOfLine) {
    __builtin_prefetch(row.data() + i);
  }
}

/// Scores the candidates in the order of their rows, which memory likes best.
void appendScored(std::span<Candidate> candidates, const ExactIndex& index,
                  std::span<const float> query, const base::TaskContext& context,
                  std::vector<Neighbor>& scored) {
  std::ranges::sort(candidates, {}, &Candidate::row);
  const std::size_t begin = scored.size();
  scored.resize(begin + candidates.size());
  const std::size_t blocks = (candidates.size() + kRowsPerBlock - 1) / kRowsPerBlock;
  base::parallelBlocks(static_cast<std::int64_t>(blocks), [&](std::int64_t block) {
    const std::size_t first = static_cast<std::size_t>(block) * kRowsPerBlock;
    const std::size_t end = std::min(first + kRowsPerBlock, candidates.size());
    for (std::size_t i = first; i < end && !context.stopRequested(); ++i) {
      if (i + kRowsAhead < end) {
        prefetch(index.table().row(candidates[i + kRowsAhead].row));
      }
      scored[begin + i] = {candidates[i].row, index.score(candidates[i].row, query)};
    }
  });
}

}  // namespace

std::vector<Neighbor> nearestOfCandidates(const ExactIndex& index, std::span<const float> query,
                                          std::vector<Candidate> candidates, std::size_t k,
                                          const base::TaskContext& context) {
  const Nearer nearer{largerIsNearer(index.metric())};
  std::span<Candidate> rest = candidates;
  std::vector<Neighbor> scored;
  if (k < candidates.size()) {
    std::ranges::nth_element(rest, rest.begin() + static_cast<std::ptrdiff_t>(k), std::greater<>(),
                             &Candidate::most);
    appendScored(rest.first(k), index, query, context, scored);
    const auto worst = static_cast<double>(std::ranges::max_element(scored, nearer)->score);
    const double reached = usableLimit(index.metric(), nearer.larger ? worst : -worst);
    rest = rest.subspan(k);
    rest = {rest.begin(), std::ranges::partition(rest, [reached](const Candidate& candidate) {
                            return candidate.most >= reached;
                          }).begin()};
  }
  appendScored(rest, index, query, context, scored);
  if (context.stopRequested()) {
    return {};
  }
  keepNearest(scored, k, nearer);
  return scored;
}

}  // namespace embedscope::neighbors
