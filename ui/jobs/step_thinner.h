// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/trainer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::jobs {

/// Turns one loss per step into at most `mostRecords` per run: a curve of bounded size.
///
/// Record i is the mean loss of steps i·stride + 1 … (i+1)·stride and carries the last of them. It
/// depends on those steps alone, not on how they came in.
class StepThinner {
 public:
  static constexpr std::int64_t kMaxRecords = 4096;

  /// @param totalSteps   of the run, ≥ 0.
  /// @param mostRecords  ≥ 1; what comes out of a run of so many steps.
  explicit StepThinner(std::int64_t totalSteps, std::int64_t mostRecords = kMaxRecords);

  std::int64_t stride() const { return m_stride; }

  /// @param records  the next steps, in order.
  /// @return the records that are now whole. At the end of a run call `rest()` too.
  std::vector<training::StepRecord> add(std::span<const training::StepRecord> records);

  /// The last, shorter record, if steps wait for one; call once, at the end.
  std::vector<training::StepRecord> rest();

 private:
  std::int64_t m_stride;
  std::int64_t m_waiting = 0;
  double m_sum = 0;
  std::int64_t m_lastStep = 0;
};

}  // namespace embedscope::jobs
