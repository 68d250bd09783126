// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace embedscope::projection {

/// A smooth function of a squared distance, read off a table with straight lines in between: a
/// handful of instructions where powers would take a hundred.
///
/// Each doubling of the argument from 2⁻⁴⁰ to 2⁴⁰ has 64 lines: a power x^p is met to a relative
/// p·(p − 1)/8 · 2⁻¹². Beyond the ends the function keeps its last value.
class ForceTable {
 public:
  /// @param function  from double to double, called for every corner.
  template <typename Function>
  explicit ForceTable(const Function& function) {
    m_corners.reserve(kCorners + 1);
    for (std::uint32_t i = 0; i <= kCorners; ++i) {
      const auto x = std::bit_cast<float>(kFirstBits + (i << kShift));
      m_corners.push_back(static_cast<float>(function(static_cast<double>(x))));
    }
  }

  /// @param x  ≥ 0.
  float operator()(float x) const {
    const std::uint32_t bits =
        std::clamp(std::bit_cast<std::uint32_t>(x), kFirstBits, kLastBits) - kFirstBits;
    const float* corner = m_corners.data() + (bits >> kShift);
    const float part = static_cast<float>(bits & kPartMask) * (1.0F / (kPartMask + 1));
    return corner[0] + part * (corner[1] - corner[0]);
  }

 private:
  static constexpr std::uint32_t kShift =
      17;  ///< of the 23 bits behind the point 6 choose the line
  static constexpr std::uint32_t kPartMask = (1U << kShift) - 1;
  static constexpr std::uint32_t kFirstBits = (127U - 40U) << 23U;
  static constexpr std::uint32_t kLastBits = ((127U + 40U) << 23U) - 1;
  static constexpr std::uint32_t kCorners = 80U << 6U;

  std::vector<float> m_corners;
};

}  // namespace embedscope::projection
