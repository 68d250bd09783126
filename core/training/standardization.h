// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace embedscope::training {

/// How a column is brought to mean 0 and standard deviation 1.
struct Standardization {
  double mean = 0;
  double deviation = 1;  ///< of the population (divided by n); 1 for a column of equal numbers

  double apply(double value) const { return (value - mean) / deviation; }
};

/// Measures `column[row · stride]` over the given rows, at least one.
Standardization standardizationOf(const double* column, std::int64_t stride,
                                  std::span<const std::int64_t> rows);

}  // namespace embedscope::training
