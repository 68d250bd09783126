// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/checkpoint.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace embedscope::training {

/// Checkpoints of a run at even distances, within a budget of memory.
///
/// The distance is a power of two, so that the frames of the steps to be expected about fill the
/// room; whenever there are as many as fit, every second one is dropped and the distance doubles.
/// The first frame stays. Which frames there are depends on the steps alone, so two films that are
/// given the same frames hold the same.
class Film {
 public:
  static constexpr std::int64_t kBudgetBytes = std::int64_t{256} << 20;
  static constexpr std::size_t kMostFrames = 600;

  /// How many frames of a size fit a budget, at most kMostFrames; 0 when fewer than four would.
  static std::size_t framesWithin(std::int64_t frameBytes, std::int64_t budget = kBudgetBytes);

  /// @param mostFrames     0: a film without frames; otherwise at least 4.
  /// @param expectedSteps  of the run; more or fewer may come.
  explicit Film(std::size_t mostFrames = kMostFrames, std::int64_t expectedSteps = 0);

  /// The next step at which a frame is wanted, above `step`.
  std::int64_t nextStep(std::int64_t step) const;

  /// Whether a frame is wanted at this step: a multiple of stride(), later than all frames.
  bool wants(std::int64_t step) const;

  /// Adds a frame that is wanted. O(1) amortized.
  void add(CheckpointPtr frame);

  /// add() where the frame is wanted, end() otherwise: for one who is handed what a film that
  /// began like this one took.
  void append(CheckpointPtr frame);

  /// Ends the film with the last state of a run, wanted or not; more may follow after cutAfter().
  void end(CheckpointPtr frame);

  /// Forgets all frames after a step: the run goes on from there.
  void cutAfter(std::int64_t step);

  const std::vector<CheckpointPtr>& frames() const { return m_frames; }

  std::int64_t stride() const { return m_stride; }

 private:
  void thin();

  std::size_t m_mostFrames;
  std::int64_t m_stride = 1;
  std::vector<CheckpointPtr> m_frames;
};

}  // namespace embedscope::training
