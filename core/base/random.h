// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace embedscope::base {

/// A stream of random numbers that is a pure function of (seed, stream, position).
///
/// Philox 4x32 with 10 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405. Give every block of parallel work, every
/// shuffle and every table its own stream: then results do not depend on the order of execution.
/// Distributions are our own, so that the same seed gives the same bits with every compiler.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t stream);

  std::uint32_t nextBits();

  /// Uniform in [0, 1) with 53 random bits.
  double uniform();

  /// Uniform in [low, high).
  double uniform(double low, double high) { return low + (high - low) * uniform(); }

  /// Uniform in [0, bound) without bias (Lemire 2019, doi:10.1145/3230636); bound ≥ 1.
  std::uint32_t below(std::uint32_t bound);

  /// Standard normal, by the polar method of Marsaglia and Bray (1964).
  double normal();

 private:
  void refill();

  std::array<std::uint32_t, 2> m_key;
  std::array<std::uint32_t, 4> m_counter;
  std::array<std::uint32_t, 4> m_block{};
  int m_left = 0;
  double m_spareNormal = 0;
  bool m_hasSpareNormal = false;
};

}  // namespace embedscope::base
