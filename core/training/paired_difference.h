// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace embedscope::training {

/// A difference measured on pairs (the same seed), with its 95 % interval by Student's t.
struct PairedDifference {
  std::int64_t pairs = 0;
  double mean = 0;
  double standardError = 0;  ///< NaN with fewer than two pairs, as are the limits
  double lower = 0;
  double upper = 0;

  /// True when the interval is known and does not reach 0.
  bool isBeyondNoise() const { return pairs > 1 && (lower > 0 || upper < 0); }
};

/// Of a − b. @param a, b  as long as each other; pairs with a NaN are left out.
PairedDifference pairedDifference(std::span<const double> a, std::span<const double> b);

}  // namespace embedscope::training
