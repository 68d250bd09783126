// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace embedscope::neighbors {

/// Sums over two vectors of `size` floats, in an order that depends on `size` alone: sixteen
/// running sums, added up in pairs, then the rest one by one. SSE2 keeps them faster than memory
/// delivers rows, so nothing is dispatched at run time.
float dotProduct(const float* a, const float* b, std::size_t size);
float squaredDistance(const float* a, const float* b, std::size_t size);
float absoluteDistance(const float* a, const float* b, std::size_t size);

/// Length of a vector, accumulated in double.
double vectorLength(const float* a, std::size_t size);

}  // namespace embedscope::neighbors
