// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dropout.h"

#include "core/training/random_streams.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace embedscope::training {

namespace {

constexpr std::uint32_t kWhole = 1U << 16U;  ///< each unit has 16 random bits
constexpr std::uint32_t kStepBits = 40;

/// Units whose random number is below are left out. At least one number in 2¹⁶ stays.
std::uint32_t thresholdOf(double share) {
  const long long threshold = std::llround(share * kWhole);
  return static_cast<std::uint32_t>(std::clamp<long long>(threshold, 0, kWhole - 1));
}

/// Random numbers below 2¹⁶, two from each of the stream, a block of them at a time.
class HalfWords {
 public:
  explicit HalfWords(base::RandomStream random) : m_random(random) {}

  /// The next numbers, at most `most` of them and at least one.
  std::span<const std::uint16_t> next(std::size_t most) {
    if (m_used == m_numbers.size()) {
      refill();
    }
    const std::size_t count = std::min(most, m_numbers.size() - m_used);
    const auto numbers = std::span<const std::uint16_t>(m_numbers).subspan(m_used, count);
    m_used += count;
    return numbers;
  }

 private:
  void refill() {
    for (std::size_t i = 0; i < m_numbers.size(); i += 2) {
      const std::uint32_t bits = m_random.nextBits();
      m_numbers[i] = static_cast<std::uint16_t>(bits & (kWhole - 1));
      m_numbers[i + 1] = static_cast<std::uint16_t>(bits >> 16U);
    }
    m_used = 0;
  }

  base::RandomStream m_random;
  std::array<std::uint16_t, 64> m_numbers{};
  std::size_t m_used = m_numbers.size();
};

}  // namespace

double Dropout::scale() const {
  return static_cast<double>(kWhole) / static_cast<double>(kWhole - thresholdOf(share));
}

template <typename Scalar>
void applyDropout(const Dropout& dropout, std::size_t layer, MatrixRef<Scalar> values) {
  const std::uint32_t threshold = thresholdOf(dropout.share);
  const auto scale = static_cast<Scalar>(dropout.scale());
  const std::uint64_t index =
      (static_cast<std::uint64_t>(layer) << kStepBits) | static_cast<std::uint64_t>(dropout.step);
  HalfWords random(randomStream(dropout.seed, RandomUse::Dropout, index));
  const auto columns = static_cast<std::size_t>(values.cols());
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    Scalar* row = values.data() + i * values.outerStride();
    for (std::size_t done = 0; done < columns;) {
      const std::span<const std::uint16_t> numbers = random.next(columns - done);
      for (std::size_t j = 0; j < numbers.size(); ++j) {
        row[done + j] *= numbers[j] < threshold ? Scalar{0} : scale;  // without branches
      }
      done += numbers.size();
    }
  }
}

template void applyDropout(const Dropout&, std::size_t, MatrixRef<float>);
template void applyDropout(const Dropout&, std::size_t, MatrixRef<double>);

}  // namespace embedscope::training
