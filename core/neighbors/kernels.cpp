// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/kernels.h"

#include <Eigen/Core>

#include <cmath>

namespace embedscope::neighbors {

namespace {

using Lane = Eigen::Array4f;

Lane load(const float* from) {
  return Eigen::Map<const Lane>(from);
}

/// Σ term(a[i], b[i]); `term` takes four at a time or one.
template <typename Term>
float sumOf(const float* a, const float* b, std::size_t size, const Term& term) {
  Lane s0 = Lane::Zero();
  Lane s1 = Lane::Zero();
  Lane s2 = Lane::Zero();
  Lane s3 = Lane::Zero();
  std::size_t i = 0;
  for (; i + 16 <= size; i += 16) {
    s0 += term(load(a + i), load(b + i));
    s1 += term(load(a + i + 4), load(b + i + 4));
    s2 += term(load(a + i + 8), load(b + i + 8));
    s3 += term(load(a + i + 12), load(b + i + 12));
  }
  for (; i + 4 <= size; i += 4) {
    s0 += term(load(a + i), load(b + i));
  }
  const Lane lanes = (s0 + s1) + (s2 + s3);
  float sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
  for (; i < size; ++i) {
    sum += term(a[i], b[i]);
  }
  return sum;
}

struct Product {
  Lane operator()(const Lane& x, const Lane& y) const { return x * y; }

  float operator()(float x, float y) const { return x * y; }
};

struct SquaredDifference {
  Lane operator()(const Lane& x, const Lane& y) const { return (x - y).square(); }

  float operator()(float x, float y) const { return (x - y) * (x - y); }
};

struct AbsoluteDifference {
  Lane operator()(const Lane& x, const Lane& y) const { return (x - y).abs(); }

  float operator()(float x, float y) const { return std::abs(x - y); }
};

}  // namespace

float dotProduct(const float* a, const float* b, std::size_t size) {
  return sumOf(a, b, size, Product{});
}

float squaredDistance(const float* a, const float* b, std::size_t size) {
  return sumOf(a, b, size, SquaredDifference{});
}

float absoluteDistance(const float* a, const float* b, std::size_t size) {
  return sumOf(a, b, size, AbsoluteDifference{});
}

double vectorLength(const float* a, std::size_t size) {
  return std::sqrt(Eigen::Map<const Eigen::ArrayXf>(a, static_cast<Eigen::Index>(size))
                       .cast<double>()
                       .square()
                       .sum());
}

}  // namespace embedscope::neighbors
