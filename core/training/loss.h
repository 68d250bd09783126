// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/loss_kind.h"
#include "core/training/matrix.h"

#include <cstdint>
#include <span>

namespace embedscope::training {

/// Mean of (output − target)² over the batch.
///
/// @param outputs   b × 1.
/// @param gradient  b × 1, overwritten with 2 (output − target) / b.
template <typename Scalar>
double squaredError(ConstMatrixRef<Scalar> outputs, std::span<const Scalar> targets,
                    MatrixRef<Scalar> gradient);

/// Mean of −log softmax(outputs)[class] over the batch.
///
/// @param outputs   b × classes, before the softmax.
/// @param gradient  b × classes, overwritten with (softmax − one-hot) / b.
template <typename Scalar>
double crossEntropy(ConstMatrixRef<Scalar> outputs, std::span<const std::int32_t> classes,
                    MatrixRef<Scalar> gradient);

}  // namespace embedscope::training
