// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/matrix.h"

namespace embedscope::training {

/// Negative numbers become 0; NaN stays NaN, so that a diverged model shows.
template <typename Scalar>
void applyRelu(MatrixRef<Scalar> values) {
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    Scalar* row = values.data() + i * values.outerStride();
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      row[j] = row[j] < Scalar{0} ? Scalar{0} : row[j];
    }
  }
}

/// Zeroes the gradient where ReLU or dropout gave 0.
///
/// @param outputs  what applyRelu and applyDropout left, same shape.
template <typename Scalar>
void maskReluGradient(ConstMatrixRef<Scalar> outputs, MatrixRef<Scalar> gradient) {
  for (Eigen::Index i = 0; i < outputs.rows(); ++i) {
    const Scalar* output = outputs.data() + i * outputs.outerStride();
    Scalar* row = gradient.data() + i * gradient.outerStride();
    for (Eigen::Index j = 0; j < outputs.cols(); ++j) {
      row[j] = output[j] > Scalar{0} ? row[j] : Scalar{0};
    }
  }
}

}  // namespace embedscope::training
