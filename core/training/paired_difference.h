// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace embedscope::training {

/// A difference measured on pairs (the same seed), with its interval by Student's t.
///
/// The pairs of a race are splits, orders and first numbers drawn anew on the same rows: the
/// interval is about what other seeds would give on these rows. About rows never seen it says
/// less, because the splits share most of theirs (Nadeau and Bengio, "Inference for the
/// generalization error", 2003, doi:10.1023/A:1024068626366).
struct PairedDifference {
  std::int64_t pairs = 0;
  double mean = 0;           ///< NaN without pairs
  double standardError = 0;  ///< NaN with fewer than two pairs, as are the limits
  double lower = 0;
  double upper = 0;
  double confidence = 0.95;  ///< of the interval

  /// True when the interval is known and does not reach 0.
  bool isBeyondNoise() const { return pairs > 1 && (lower > 0 || upper < 0); }
};

/// Of a − b.
///
/// @param a, b        as long as each other; pairs with a NaN are left out.
/// @param confidence  of the two-sided interval, in (0, 1).
PairedDifference pairedDifference(std::span<const double> a, std::span<const double> b,
                                  double confidence = 0.95);

/// Mean of some numbers and its standard error; NaN among them are left out.
struct MeanWithError {
  std::int64_t count = 0;
  double mean = 0;           ///< NaN without numbers
  double standardError = 0;  ///< NaN with fewer than two
};

MeanWithError meanWithError(std::span<const double> values);

}  // namespace embedscope::training
