// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace embedscope::base {

/// A cheap stream of random bits, a few instructions each, for inner loops that draw millions and
/// need no more than that: SplitMix64, Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014, doi:10.1145/2660193.2660195. Elsewhere use RandomStream.
///
/// A pure function of its three keys, such as seed, step and row: the order of the work does not
/// matter.
class SplitMix {
 public:
  SplitMix(std::uint64_t first, std::uint64_t second, std::uint64_t third)
      : m_state(mixed(mixed(mixed(first + kStep) + second + kStep) + third + kStep)) {}

  std::uint64_t next() { return mixed(m_state += kStep); }

  /// In [0, bound); bound ≥ 1. Numbers differ in probability by at most bound / 2³².
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15U;

  static constexpr std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t m_state;
};

}  // namespace embedscope::base
