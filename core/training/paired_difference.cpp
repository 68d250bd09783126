// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/paired_difference.h"

#include "core/training/student_t.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace embedscope::training {

MeanWithError meanWithError(std::span<const double> values) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  MeanWithError result{0, kUnknown, kUnknown};
  double sum = 0;
  for (const double value : values) {
    if (!std::isnan(value)) {
      sum += value;
      ++result.count;
    }
  }
  const auto count = static_cast<double>(result.count);
  if (result.count > 0) {
    result.mean = sum / count;
  }
  if (result.count > 1) {
    double squares = 0;
    for (const double value : values) {
      if (!std::isnan(value)) {
        squares += (value - result.mean) * (value - result.mean);
      }
    }
    result.standardError = std::sqrt(squares / (count - 1) / count);
  }
  return result;
}

PairedDifference pairedDifference(std::span<const double> a, std::span<const double> b,
                                  double confidence) {
  std::vector<double> differences(std::min(a.size(), b.size()));
  for (std::size_t i = 0; i < differences.size(); ++i) {
    differences[i] = a[i] - b[i];
  }
  const auto [pairs, mean, standardError] = meanWithError(differences);
  const double reach = pairs > 1 ? studentQuantile(confidence, pairs - 1) * standardError
                                 : std::numeric_limits<double>::quiet_NaN();
  return {pairs, mean, standardError, mean - reach, mean + reach, confidence};
}

}  // namespace embedscope::training
