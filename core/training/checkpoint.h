// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/epoch_record.h"
#include "core/training/model_numbers.h"
#include "core/training/optimizer.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope::training {

/// Everything that training changes, as it was after some step: a trainer that goes back to it
/// continues with the bits of a run that never went further. Immutable, may cross threads.
struct Checkpoint {
  std::int64_t step = 0;
  ModelNumbers numbers;
  OptimizerState<float> optimizer;
  double epochLossSum = 0;  ///< of the epoch under way, over its rows
  double epochSeconds = 0;
  std::vector<EpochRecord> epochs;  ///< ended so far
  /// Early stopping: the state after the best epoch so far, shared by the checkpoints after it.
  /// Null before any epoch, without early stopping, and at the best epoch itself.
  std::shared_ptr<const Checkpoint> best;
};

using CheckpointPtr = std::shared_ptr<const Checkpoint>;

}  // namespace embedscope::training
