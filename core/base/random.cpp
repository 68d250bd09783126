// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <cmath>

namespace embedscope::base {

namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53U;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57U;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9U;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85U;
constexpr int kRounds = 10;

std::uint32_t low32(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}

std::uint32_t high32(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32U);
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t stream)
    : m_key{low32(seed), high32(seed)}, m_counter{0, 0, low32(stream), high32(stream)} {}

void RandomStream::refill() {
  std::array<std::uint32_t, 4> x = m_counter;
  std::array<std::uint32_t, 2> key = m_key;
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t p0 = std::uint64_t{kMultiplier0} * x[0];
    const std::uint64_t p1 = std::uint64_t{kMultiplier1} * x[2];
    x = {high32(p1) ^ x[1] ^ key[0], low32(p1), high32(p0) ^ x[3] ^ key[1], low32(p0)};
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  m_block = x;
  m_left = 4;
  if (++m_counter[0] == 0) {
    ++m_counter[1];
  }
}

std::uint32_t RandomStream::nextBits() {
  if (m_left == 0) {
    refill();
  }
  return m_block[static_cast<std::size_t>(4 - m_left--)];
}

double RandomStream::uniform() {
  const std::uint64_t high = nextBits() >> 5U;
  const std::uint64_t low = nextBits() >> 6U;
  return static_cast<double>((high << 26U) | low) * 0x1p-53;
}

std::uint32_t RandomStream::below(std::uint32_t bound) {
  std::uint64_t product = std::uint64_t{nextBits()} * bound;
  if (low32(product) < bound) {
    const std::uint32_t threshold = (0U - bound) % bound;
    while (low32(product) < threshold) {
      product = std::uint64_t{nextBits()} * bound;
    }
  }
  return high32(product);
}

double RandomStream::normal() {
  if (m_hasSpareNormal) {
    m_hasSpareNormal = false;
    return m_spareNormal;
  }
  double u = 0;
  double v = 0;
  double s = 0;
  do {
    u = uniform(-1, 1);
    v = uniform(-1, 1);
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  const double factor = std::sqrt(-2.0 * std::log(s) / s);
  m_spareNormal = v * factor;
  m_hasSpareNormal = true;
  return u * factor;
}

}  // namespace embedscope::base
