// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/base/task_context.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace embedscope::train {

/// How near one category was to others through a run.
struct NeighborHistory {
  /// One other category.
  struct Line {
    std::int64_t row = 0;
    bool atEnd = false;  ///< among the nearest at the last step
    std::vector<double>
        cosine;  ///< one for each frame, in [−1, 1]; NaN where a vector is not finite
  };

  std::vector<std::int64_t> steps;  ///< of the frames, rising
  std::vector<Line> lines;          ///< nearest at the end first, then those nearest at the start
};

/// The tables of a film's frames, one feature.
struct FilmedTable {
  std::vector<std::int64_t> steps;                             ///< rising
  std::vector<std::shared_ptr<const base::RowMatrix>> frames;  ///< n × d each, as many
};

/// Follows the categories nearest to `row` (by cosine) at the end, and those nearest at the start.
///
/// @param row         0 ≤ row < n.
/// @param mostAtEnd   at most so many of the end, ≥ 1; of the start at most `mostAtStart` more.
/// @return empty when stopped or without frames. Ties: smaller row first.
/// Cost O(n·d + frames · lines · d).
NeighborHistory followNeighbors(const FilmedTable& film, std::int64_t row, std::size_t mostAtEnd,
                                std::size_t mostAtStart, const base::TaskContext& context = {});

}  // namespace embedscope::train
