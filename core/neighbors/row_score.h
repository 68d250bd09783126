// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/metric.h"

#include <span>
#include <vector>

namespace embedscope::neighbors {

/// Squared lengths outside these bounds could overflow or lose digits in float32; scores are then
/// computed in double.
constexpr float kSmallestSquares = 1e-30F;
constexpr float kLargestSquares = 1e30F;

bool allFinite(std::span<const float> values);

/// The query as rowScore wants it: for cosine scaled to length 1 (zeros stay zeros), otherwise as
/// it is.
std::vector<float> preparedQuery(Metric metric, std::span<const float> query);

/// How near a row is to a query: its cosine in [-1, 1], 0 where either is zeros; its dot product;
/// its distance. Infinite only where the true value is beyond float32.
///
/// @param row    d numbers.
/// @param query  d finite numbers, prepared.
/// @return NaN when the row holds NaN or infinity. The same bits on every machine.
float rowScore(Metric metric, std::span<const float> row, std::span<const float> query);

}  // namespace embedscope::neighbors
