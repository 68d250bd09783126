// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/student_t.h"

#include <cmath>
#include <numbers>

namespace embedscope::training {

namespace {

/// The probability by the angle: t = √ν · tan θ, 0 ≤ θ < π/2.
double probabilityOfAngle(double theta, std::int64_t degreesOfFreedom) {
  const double cosine = std::cos(theta);
  const bool odd = degreesOfFreedom % 2 == 1;
  double term = odd ? cosine : 1;
  double sum = 0;
  for (std::int64_t k = odd ? 3 : 2; k <= degreesOfFreedom; k += 2) {
    sum += term;
    term *= cosine * cosine * static_cast<double>(k - 1) / static_cast<double>(k);
  }
  return odd ? 2 / std::numbers::pi * (theta + std::sin(theta) * sum) : std::sin(theta) * sum;
}

}  // namespace

double studentProbability(double t, std::int64_t degreesOfFreedom) {
  return probabilityOfAngle(std::atan(t / std::sqrt(static_cast<double>(degreesOfFreedom))),
                            degreesOfFreedom);
}

double studentQuantile(double confidence, std::int64_t degreesOfFreedom) {
  double low = 0;
  double high = std::numbers::pi / 2;
  for (;;) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) {  // neighboring numbers
      return std::sqrt(static_cast<double>(degreesOfFreedom)) * std::tan(low);
    }
    (probabilityOfAngle(middle, degreesOfFreedom) < confidence ? low : high) = middle;
  }
}

}  // namespace embedscope::training
