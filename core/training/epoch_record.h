// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace embedscope::training {

/// Losses after one pass over the training rows.
struct EpochRecord {
  std::int64_t epoch = 0;       ///< counted from 1
  double trainLoss = 0;         ///< mean over the epoch's batches, as they were trained
  double validationLoss = 0;    ///< NaN without validation rows
  double validationMetric = 0;  ///< see Trainer::metricName(); NaN without validation rows
  double seconds = 0;           ///< of training, validation not counted
};

}  // namespace embedscope::training
