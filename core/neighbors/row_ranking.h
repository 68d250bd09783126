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

/// What is ranked.
struct Ranking {
  std::int64_t rows = 0;
  std::int64_t k = 0;                      ///< k ≥ 1; clipped to the number of rows that remain
  bool largerIsNearer = true;              ///< false for distances
  std::span<const std::int64_t> excluded;  ///< rows to leave out, in any order
};

/// Writes the scores of the rows from `firstRow` on, one for each element. Called by several
/// threads at once; NaN leaves a row out.
using ScoreRows = std::function<void(std::int64_t firstRow, std::span<float> scores)>;

/// The k rows with the best scores, the best first. Ties: smaller row first, for any thread count.
///
/// @return empty when stopped.
/// Cost: one score a row, parallel over blocks of rows of fixed size, at whose borders a stop is
/// noticed; memory O(k) for each block.
std::vector<Neighbor> bestRows(const Ranking& ranking, const ScoreRows& score,
                               const base::TaskContext& context);

}  // namespace embedscope::neighbors
