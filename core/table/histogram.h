// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/row_set.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::table {

/// Bins of equal width, side by side.
struct Bins {
  double start = 0;
  double width = 1;        ///< above 0
  std::int64_t count = 0;  ///< 0: there was nothing to bin

  double edge(std::int64_t bin) const { return start + width * static_cast<double>(bin); }

  /// The bin of a number; −1 outside and for NaN. The last bin holds its upper edge, too.
  std::int64_t binOf(double value) const;

  bool operator==(const Bins&) const = default;
};

/// As many bins as the spread of the numbers deserves: 2·IQR/n^⅓ wide (Freedman and Diaconis, 1981,
/// doi:10.1007/BF01025868), at most `most` of them, from the least to the greatest number.
///
/// Without a spread in the middle half there are as many as Sturges' rule gives; numbers that
/// differ by rounding of float32 alone get one bin around them. Numbers that are not finite are
/// left out.
/// @param most  ≥ 1. Quartiles as NumPy's, by linear interpolation. Cost O(n).
Bins freedmanDiaconisBins(std::span<const double> values, std::int64_t most);

/// How many numbers each bin holds.
std::vector<std::int64_t> binCounts(std::span<const double> values, const Bins& bins);

/// The same for some rows. @param rows  of as many rows as there are values.
std::vector<std::int64_t> binCounts(std::span<const double> values, const Bins& bins,
                                    const RowSet& rows);

/// What sums up the numbers of all rows.
struct SpreadFacts {
  std::int64_t finite = 0;  ///< how many there are; the rest is of these
  std::int64_t zeros = 0;
  std::int64_t nonFinite = 0;  ///< NaN and infinity
  double mean = 0;
  double median = 0;
  double least = 0;
  double greatest = 0;
};

/// Sums in double. Without a finite number the last four are 0. Cost O(n).
SpreadFacts spreadFacts(std::span<const double> values);

}  // namespace embedscope::table
