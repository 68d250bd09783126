// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/kernels.h"

#include <Eigen/Core>

#include <array>
#include <cmath>
#include <limits>

namespace embedscope::neighbors {

namespace {

using Lane = Eigen::Array4f;

Lane load(const float* from) {
  return Eigen::Map<const Lane>(from);
}

/// Sixteen running sums and what is added to them one by one.
struct Sums {
  std::array<Lane, 4> lanes = {Lane::Zero(), Lane::Zero(), Lane::Zero(), Lane::Zero()};

  float total() const {
    const Lane four = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    return (four[0] + four[1]) + (four[2] + four[3]);
  }
};

/// Calls `four(lane, i)` for every four numbers from i on and returns where fewer are left.
template <typename Four>
std::size_t forEachFour(std::size_t size, const Four& four) {
  std::size_t i = 0;
  for (; i + 16 <= size; i += 16) {
    four(0, i);
    four(1, i + 4);
    four(2, i + 8);
    four(3, i + 12);
  }
  for (; i + 4 <= size; i += 4) {
    four(0, i);
  }
  return i;
}

/// Σ term(a[i], b[i]); `term` takes four at a time or one.
template <typename Term>
float sumOf(const float* a, const float* b, std::size_t size, const Term& term) {
  Sums sums;
  std::size_t i = forEachFour(size, [&](std::size_t lane, std::size_t at) {
    sums.lanes[lane] += term(load(a + at), load(b + at));
  });
  float sum = sums.total();
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

ProductAndSquares productAndSquares(const float* a, const float* b, std::size_t size) {
  Sums products;
  Sums squares;
  std::size_t i = forEachFour(size, [&](std::size_t lane, std::size_t at) {
    const Lane x = load(a + at);
    products.lanes[lane] += x * load(b + at);
    squares.lanes[lane] += x * x;
  });
  ProductAndSquares sum{products.total(), squares.total()};
  for (; i < size; ++i) {
    sum.product += a[i] * b[i];
    sum.squares += a[i] * a[i];
  }
  return sum;
}

float squaredDistance(const float* a, const float* b, std::size_t size) {
  return sumOf(a, b, size, SquaredDifference{});
}

float absoluteDistance(const float* a, const float* b, std::size_t size) {
  return sumOf(a, b, size, AbsoluteDifference{});
}

double sumError(std::size_t size) {
  // A running sum takes a sixteenth of the terms and up to three more, then come four additions in
  // pairs and up to three single ones; each term was rounded itself, differences twice.
  const double roundings = static_cast<double>(size / 16) + 3 + 4 + 3 + 3;
  const double unit = static_cast<double>(std::numeric_limits<float>::epsilon()) / 2;
  return roundings * unit / (1 - roundings * unit);
}

double vectorLength(const float* a, std::size_t size) {
  return std::sqrt(Eigen::Map<const Eigen::ArrayXf>(a, static_cast<Eigen::Index>(size))
                       .cast<double>()
                       .square()
                       .sum());
}

}  // namespace embedscope::neighbors
