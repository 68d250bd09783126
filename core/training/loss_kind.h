// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope::training {

enum class LossKind {
  SquaredError,        ///< one output; mean of (output − target)²
  Huber,               ///< one output; squared near the target, linear beyond δ
  CrossEntropy,        ///< softmax over one output for each class
  BinaryCrossEntropy,  ///< two classes, one output (the logit of the second class)
};

}  // namespace embedscope::training
