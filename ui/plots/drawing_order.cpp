// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/drawing_order.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::plots {

namespace {

constexpr std::int64_t kRowsInBlock = 1 << 16;
constexpr unsigned kDigitBits = 11;  // sorted at once
constexpr unsigned kDigits = 2;
constexpr unsigned kKeyBits = kDigitBits * kDigits;

/// The cells of one axis.
struct Scale {
  float low = 0;
  float factor = 0;
  float last = 0;  ///< cell
};

Scale scaleOf(const base::RowMatrix& points, Eigen::Index axis, unsigned bits) {
  float low = std::numeric_limits<float>::infinity();
  float high = -low;
  for (Eigen::Index row = 0; row < points.rows(); ++row) {
    const float value = points(row, axis);
    if (std::isfinite(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  const auto cells = static_cast<float>(1U << bits);
  const float factor = cells / (high - low);
  return {low, std::isfinite(factor) ? factor : 0, cells - 1};
}

/// The bits of a number with `gap` zeros before each.
std::uint32_t spread(std::uint32_t number, unsigned gap, unsigned bits) {
  std::uint32_t out = 0;
  for (unsigned bit = 0; bit < bits; ++bit) {
    out |= ((number >> bit) & 1U) << (bit * (gap + 1));
  }
  return out;
}

std::vector<std::uint32_t> zOrderKeys(const base::RowMatrix& points) {
  const auto axes = static_cast<unsigned>(points.cols());
  const unsigned bits = kKeyBits / axes;
  std::array<Scale, 3> scales;
  for (unsigned axis = 0; axis < axes; ++axis) {
    scales[axis] = scaleOf(points, static_cast<Eigen::Index>(axis), bits);
  }
  std::vector<std::uint32_t> spreads(std::size_t{1} << bits);
  for (std::uint32_t cell = 0; cell < spreads.size(); ++cell) {
    spreads[cell] = spread(cell, axes - 1, bits);
  }
  std::vector<std::uint32_t> keys(static_cast<std::size_t>(points.rows()));
  base::parallelBlocks((points.rows() + kRowsInBlock - 1) / kRowsInBlock, [&](std::int64_t block) {
    const std::int64_t end = std::min<std::int64_t>(points.rows(), (block + 1) * kRowsInBlock);
    for (std::int64_t row = block * kRowsInBlock; row < end; ++row) {
      std::uint32_t key = 0;
      bool isFinite = true;
      for (unsigned axis = 0; axis < axes; ++axis) {
        const float value = points(row, static_cast<Eigen::Index>(axis));
        const Scale& scale = scales[axis];
        // Written so that NaN is 0.
        const float cell = std::min(std::max(0.0F, (value - scale.low) * scale.factor), scale.last);
        isFinite = isFinite && std::isfinite(value);
        key |= spreads[static_cast<std::size_t>(cell)] << axis;
      }
      keys[static_cast<std::size_t>(row)] = isFinite ? key : 0;
    }
  });
  return keys;
}

}  // namespace

std::vector<std::uint32_t> drawingOrder(const base::RowMatrix& points) {
  std::vector<std::uint32_t> keys = zOrderKeys(points);
  std::vector<std::uint32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<std::uint32_t> next(order.size());
  // A sort digit by digit, from the lowest; each keeps what the one before it arranged.
  for (unsigned digit = 0; digit < kDigits; ++digit) {
    const auto digitOf = [&](std::uint32_t row) {
      return (keys[row] >> (digit * kDigitBits)) & ((1U << kDigitBits) - 1);
    };
    std::array<std::uint32_t, (1U << kDigitBits) + 1> starts{};
    for (std::uint32_t row = 0; row < order.size(); ++row) {
      ++starts[digitOf(row) + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    for (const std::uint32_t row : order) {
      next[starts[digitOf(row)]++] = row;
    }
    order.swap(next);
  }
  return order;
}

}  // namespace embedscope::plots
