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

/// Mean over the batch of ½ e² where |e| = |output − target| ≤ δ and δ (|e| − ½ δ) beyond: Huber,
/// "Robust estimation of a location parameter", 1964, as PyTorch's nn.HuberLoss defines it. Inside
/// it is half the squared error.
///
/// @param outputs   b × 1.
/// @param delta     δ > 0, in the unit of the targets.
/// @param gradient  b × 1, overwritten with e / b, cut at ±δ / b.
template <typename Scalar>
double huber(ConstMatrixRef<Scalar> outputs, std::span<const Scalar> targets, double delta,
             MatrixRef<Scalar> gradient);

/// Mean over the batch of −log of the probability of the true class, where that of class 1 is
/// σ(output) = 1 / (1 + exp(−output)). Neither overflows nor loses digits for large outputs.
///
/// @param outputs   b × 1, the logit of class 1.
/// @param classes   each 0 or 1.
/// @param gradient  b × 1, overwritten with (σ(output) − class) / b.
template <typename Scalar>
double binaryCrossEntropy(ConstMatrixRef<Scalar> outputs, std::span<const std::int32_t> classes,
                          MatrixRef<Scalar> gradient);

}  // namespace embedscope::training
