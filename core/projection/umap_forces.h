// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/projection/force_table.h"
#include "core/projection/umap_curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace embedscope::projection {

/// The forces between two points of a UMAP picture: McInnes, Healy, Melville 2018,
/// arXiv:1802.03426, appendix C.
struct UmapForces {
  explicit UmapForces(const UmapCurve& curve)
      : attraction([a = curve.a, b = curve.b](double squared) {
          return -2 * a * b * std::pow(squared, b - 1) / (1 + a * std::pow(squared, b));
        }),
        repulsion([a = curve.a, b = curve.b](double squared) {
          return 2 * b / ((0.001 + squared) * (1 + a * std::pow(squared, b)));
        }) {}

  /// The factors on the difference of two points, by its squared length: negative where an edge
  /// joins them, so they approach; positive where none does. The 0.001 keeps it finite, as in
  /// umap-learn.
  ForceTable attraction;
  ForceTable repulsion;
};

template <int kDims>
using UmapPoint = std::array<float, kDims>;

/// The force that another point exerts, along the difference to it; at most 4 along one axis.
template <int kDims>
UmapPoint<kDims> umapForce(const UmapPoint<kDims>& point, const float* other,
                           const ForceTable& table) {
  constexpr float kLongest = 4;
  UmapPoint<kDims> force;
  float squared = 0;
  for (std::size_t axis = 0; axis < kDims; ++axis) {
    force[axis] = point[axis] - other[axis];
    squared += force[axis] * force[axis];
  }
  const float factor = table(squared);
  for (float& part : force) {
    part = std::clamp(factor * part, -kLongest, kLongest);
  }
  return force;
}

template <int kDims>
void addTo(UmapPoint<kDims>& sum, const UmapPoint<kDims>& term, float times = 1) {
  for (std::size_t axis = 0; axis < kDims; ++axis) {
    sum[axis] += times * term[axis];
  }
}

/// The share of the epochs in which an edge is sampled, · 2³².
inline std::uint32_t umapRate(double share) {
  return static_cast<std::uint32_t>(std::min(share * 0x1p32, 0x1p32 - 1));
}

/// Whether an edge of that rate is sampled in this epoch: whenever a multiple of it passes a whole
/// number.
inline bool isSampled(std::uint32_t rate, std::int64_t epoch) {
  const auto part = static_cast<std::uint32_t>((static_cast<std::uint64_t>(epoch) + 1) * rate);
  return part < rate;
}

}  // namespace embedscope::projection
