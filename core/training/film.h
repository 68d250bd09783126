// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/checkpoint.h"

#include <cstdint>
#include <vector>

namespace embedscope::training {

/// Checkpoints of a run at even distances, within a budget of memory.
///
/// Starts with one frame per step and, whenever the budget is full, drops every second frame and
/// doubles the distance. The first frame stays always. Which frames there are depends on the steps
/// alone, not on who asks when.
class Film {
 public:
  static constexpr std::int64_t kBudgetBytes = std::int64_t{256} << 20;
  static constexpr std::size_t kMostFrames = 600;

  explicit Film(std::int64_t budgetBytes = kBudgetBytes, std::size_t mostFrames = kMostFrames);

  /// The next step, after `step`, at which a frame is wanted.
  std::int64_t nextStep(std::int64_t step) const;

  /// Takes a frame whose step is a multiple of stride(), later than all frames before. The last
  /// state of a run may come at any step.
  void add(CheckpointPtr frame);

  /// Forgets what came after a step: the run goes on from there.
  void cutAfter(std::int64_t step);

  const std::vector<CheckpointPtr>& frames() const { return m_frames; }

  std::int64_t stride() const { return m_stride; }

  std::int64_t bytes() const { return m_bytes; }

 private:
  void thin();

  std::int64_t m_budget;
  std::size_t m_mostFrames;
  std::int64_t m_stride = 1;
  std::int64_t m_bytes = 0;
  std::vector<CheckpointPtr> m_frames;
};

}  // namespace embedscope::training
