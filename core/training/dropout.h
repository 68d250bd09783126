// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/matrix.h"

#include <cstddef>
#include <cstdint>

namespace embedscope::training {

/// Inverted dropout: which hidden units one training step leaves out. The mask is a pure function
/// of (seed, step, layer, position), so that it depends neither on threads nor on whether a run
/// was interrupted.
///
/// Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15,
/// 2014. As PyTorch's nn.Dropout it enlarges the units that stay, so that nothing has to change
/// when the model is judged.
struct Dropout {
  double share = 0;        ///< of units left out, in [0, 1); held in steps of 2⁻¹⁶
  std::uint64_t seed = 0;  ///< of the recipe
  std::int64_t step = 0;   ///< taken before this one, below 2⁴⁰

  /// What the units that stay are multiplied by: 1 / (1 − share).
  double scale() const;
};

/// Sets the units that are left out to 0 and enlarges the others.
///
/// @param layer   of the hidden layers, below 256.
/// @param values  b × width, after ReLU: a unit that is left out then looks like one that ReLU has
///                shut, and the way back needs no mask.
/// Allocates nothing.
template <typename Scalar>
void applyDropout(const Dropout& dropout, std::size_t layer, MatrixRef<Scalar> values);

}  // namespace embedscope::training
