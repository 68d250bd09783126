// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/parameter.h"

#include <vector>

namespace embedscope::training {

/// Shortens the gradient of all parameters together to a norm, as PyTorch's clip_grad_norm_: times
/// maxNorm / (norm + 1e-6) where that is below 1. Direction and zeros stay. Call it between the
/// backward pass and the optimizer's step.
///
/// @param parameters  all trainable. @param maxNorm  > 0.
/// @return the Euclidean norm before, summed in double over rows in the order of the batch. NaN or
///         infinity when a gradient is not finite; the gradients then are not finite afterwards
///         either.
/// Cost: the stored gradients, so no row outside the batch. Allocates nothing.
template <typename Scalar>
double clipGradient(const std::vector<Parameter<Scalar>*>& parameters, double maxNorm);

}  // namespace embedscope::training
