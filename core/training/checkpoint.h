// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/training/optimizer.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope::training {

/// Everything that training changes, as it was after some step: a trainer that goes back to it
/// continues with the bits of a run that never went further. Immutable, may cross threads.
struct Checkpoint {
  std::int64_t step = 0;
  std::vector<base::RowMatrix> tables;      ///< n × d of each feature; empty for one-hot features
  std::vector<base::RowMatrix> parameters;  ///< all others that are trained, in the model's order
  OptimizerState<float> optimizer;
  double epochLossSum = 0;  ///< of the epoch under way
  double epochSeconds = 0;

  /// Memory that it holds.
  std::int64_t bytes() const;
};

using CheckpointPtr = std::shared_ptr<const Checkpoint>;

}  // namespace embedscope::training
