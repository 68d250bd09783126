// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace embedscope::training {

template <typename Scalar>
void copyRow(const Scalar* from, Eigen::Index size, Scalar* to) {
  std::copy_n(from, size, to);
}

template <typename Scalar>
void addRow(const Scalar* from, Eigen::Index size, Scalar* to) {
  for (Eigen::Index j = 0; j < size; ++j) {
    to[j] += from[j];
  }
}

/// Replaces the row gradient of `parameter` by the rows of `outputGradient`, added up per code.
template <typename Scalar>
void accumulateRowGradient(std::span<const std::int32_t> codes,
                           const ConstMatrixRef<Scalar>& outputGradient,
                           Parameter<Scalar>& parameter) {
  parameter.clearTouchedRows();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    addRow(outputGradient.data() + static_cast<Eigen::Index>(i) * outputGradient.outerStride(),
           outputGradient.cols(), parameter.touch(codes[i]));
  }
}

}  // namespace embedscope::training
