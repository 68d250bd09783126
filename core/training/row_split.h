// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace embedscope::training {

/// Which rows are trained on and which only judge the result. Both ascending, together every row
/// once.
struct RowSplit {
  std::vector<std::int64_t> training;
  std::vector<std::int64_t> validation;
};

/// round(share · rows), at most rows − 1. @param rows  ≥ 1.
std::int64_t validationRowCount(std::int64_t rows, double share);

/// Draws validationRowCount(rows, share) validation rows. The same seed draws the same rows.
///
/// @param rows  1 ≤ rows < 2³². @param share  in [0, 1).
RowSplit splitRows(std::int64_t rows, double share, std::uint64_t seed);

/// Puts the rows into the order of one epoch: a pure function of (rows, seed, epoch).
void shuffleForEpoch(std::vector<std::int64_t>& rows, std::uint64_t seed, std::int64_t epoch);

}  // namespace embedscope::training
