// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace embedscope::training {

/// The probability that |T| ≤ t, for T of Student's distribution.
///
/// A finite sum for whole degrees of freedom: Abramowitz and Stegun, "Handbook of Mathematical
/// Functions" (1964), 26.7.3 and 26.7.4.
///
/// @param t                 ≥ 0.
/// @param degreesOfFreedom  ≥ 1.
/// Cost O(degreesOfFreedom).
double studentProbability(double t, std::int64_t degreesOfFreedom);

/// The t for which |T| ≤ t has this probability: 4.3027 for 0.95 and two degrees of freedom.
///
/// @param confidence        in (0, 1).
/// @param degreesOfFreedom  ≥ 1.
/// To about 14 digits (fewer where confidence is within 1e-10 of 1).
double studentQuantile(double confidence, std::int64_t degreesOfFreedom);

}  // namespace embedscope::training
