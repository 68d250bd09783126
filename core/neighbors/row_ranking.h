// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace embedscope::neighbors {

struct Neighbor {
  std::int64_t row = 0;
  float score = 0;  ///< cosine in [-1, 1], dot product, distance ≥ 0, or what else was asked for

  bool operator==(const Neighbor&) const = default;
};

/// A total order: equal scores by row, so that no result depends on the order of the work.
struct Nearer {
  bool larger = true;  ///< false for distances

  bool operator()(const Neighbor& a, const Neighbor& b) const {
    if (a.score != b.score) {
      return larger ? a.score > b.score : a.score < b.score;
    }
    return a.row < b.row;
  }
};

/// Leaves the k nearest in `neighbors`, the nearest first.
void keepNearest(std::vector<Neighbor>& neighbors, std::size_t k, Nearer nearer);

/// What is ranked.
struct Ranking {
  std::int64_t rows = 0;
  std::int64_t k = 0;                      ///< k ≥ 1; clipped to the number of rows that remain
  bool largerIsNearer = true;              ///< false for distances
  std::span<const std::int64_t> excluded;  ///< rows to leave out, in any order
  std::int64_t numbersPerRow = 1;  ///< that are read for a score: long rows are asked for in
                                   ///< shorter blocks, so that a stop is noticed in time
};

/// Writes the scores of the rows from `firstRow` on, one for each element. Called by several
/// threads at once; NaN leaves a row out.
using ScoreRows = std::function<void(std::int64_t firstRow, std::span<float> scores)>;

/// The k rows with the best scores, the best first. Ties: smaller row first, for any thread count.
///
/// @return empty when stopped.
/// Cost: one score a row, parallel over blocks of rows, at whose borders a stop is noticed, and a
/// heap of k for the few rows that beat the best k so far; memory O(k) for each thread.
std::vector<Neighbor> bestRows(const Ranking& ranking, const ScoreRows& score,
                               const base::TaskContext& context);

}  // namespace embedscope::neighbors
