// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dropout.h"

#include "core/training/random_streams.h"

#include <algorithm>
#include <cmath>

namespace embedscope::training {

namespace {

constexpr std::uint32_t kBits = 16;  ///< of randomness for each unit
constexpr std::uint32_t kWhole = 1U << kBits;
constexpr std::uint32_t kStepBits = 40;

/// Units whose random number is below are left out. At least one number in 2¹⁶ stays.
std::uint32_t thresholdOf(double share) {
  const long long threshold = std::llround(share * kWhole);
  return static_cast<std::uint32_t>(std::clamp<long long>(threshold, 0, kWhole - 1));
}

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
  base::RandomStream random = randomStream(dropout.seed, RandomUse::Dropout, index);
  std::uint32_t bits = 0;
  bool half = false;  // a second unit's bits are left in `bits`
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    Scalar* row = values.data() + i * values.outerStride();
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      bits = half ? bits >> kBits : random.nextBits();
      half = !half;
      row[j] = (bits & (kWhole - 1)) < threshold ? Scalar{0} : scale * row[j];
    }
  }
}

template void applyDropout(const Dropout&, std::size_t, MatrixRef<float>);
template void applyDropout(const Dropout&, std::size_t, MatrixRef<double>);

}  // namespace embedscope::training
