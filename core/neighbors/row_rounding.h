// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::neighbors {

/// What is learned of a row while it is rounded.
struct RowRounding {
  bool isFinite = true;             ///< otherwise nothing was written, and the rest is zeros
  float scale = 0;                  ///< of the whole numbers
  double squares = 0;               ///< Σ of the row's numbers squared, from zero on
  std::int32_t roundedSquares = 0;  ///< Σ of the whole numbers squared
  double lost = 0;                  ///< Σ of the squared differences

  bool operator==(const RowRounding&) const = default;
};

/// Writes the whole numbers, of magnitude 127 at most, that times the scale are nearest to a row
/// from a centre on.
///
/// @param row     d numbers.
/// @param centre  d numbers.
/// @param out     d numbers.
/// The same bits on every machine: eight running sums in double, whatever the width of registers.
RowRounding roundRow(std::span<const float> row, const std::vector<float>& centre,
                     std::int8_t* out);

/// One for each set of instructions.
using RoundRow = RowRounding (*)(std::span<const float> row, const std::vector<float>& centre,
                                 std::int8_t* out);

/// Those that this processor can run, the quickest first, which is the one that is used.
const std::vector<RoundRow>& rowRoundings();

}  // namespace embedscope::neighbors
