// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace embedscope::neighbors {

/// Sums over two vectors of `size` floats, in an order that depends on `size` alone: sixteen
/// running sums, added up in pairs, then the rest one by one. SSE2 keeps them faster than memory
/// delivers rows, so nothing is dispatched at run time.
float dotProduct(const float* a, const float* b, std::size_t size);

/// Two sums of one pass over `a`; each has the bits that dotProduct gives.
struct ProductAndSquares {
  float product = 0;  ///< a·b
  float squares = 0;  ///< a·a
};

ProductAndSquares productAndSquares(const float* a, const float* b, std::size_t size);

float squaredDistance(const float* a, const float* b, std::size_t size);
float absoluteDistance(const float* a, const float* b, std::size_t size);

/// How far dotProduct may be from the true sum of products of finite numbers that neither overflow
/// nor vanish: at most this times the product of the two lengths. Also the largest relative error
/// of squaredDistance. (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1.)
double sumError(std::size_t size);

/// Length of a vector, accumulated in double.
double vectorLength(const float* a, std::size_t size);

}  // namespace embedscope::neighbors
