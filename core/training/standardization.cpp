// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/standardization.h"

#include <cmath>

namespace embedscope::training {

namespace {

/// Rounding leaves a column of equal numbers with a deviation of about this share of its mean.
constexpr double kNegligible = 1e-13;

}  // namespace

Standardization standardizationOf(const double* column, std::int64_t stride,
                                  std::span<const std::int64_t> rows) {
  const auto count = static_cast<double>(rows.size());
  double sum = 0;
  for (const std::int64_t row : rows) {
    sum += column[row * stride];
  }
  Standardization result;
  result.mean = sum / count;
  double squares = 0;
  for (const std::int64_t row : rows) {
    const double difference = column[row * stride] - result.mean;
    squares += difference * difference;
  }
  const double deviation = std::sqrt(squares / count);
  if (deviation > kNegligible * std::abs(result.mean)) {
    result.deviation = deviation;
  }
  return result;
}

}  // namespace embedscope::training
