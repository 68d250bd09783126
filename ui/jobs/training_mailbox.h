// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/training_updates.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace embedscope::jobs {

/// What travels from the worker of a run to its reader: metrics are appended, the snapshot and the
/// state are replaced, and at most one wake-up is on its way at any time.
class TrainingMailbox {
 public:
  /// @param wake  called by the publishing thread, never again before the wake-up it stands for
  ///              was taken by acceptWakeUp().
  TrainingMailbox(RunId run, std::function<void()> wake);

  /// One thing to tell; parts left empty change nothing.
  struct Message {
    std::optional<SessionState> state{};
    std::optional<TrainingProgress> progress{};
    std::optional<std::int64_t> stepStride{};
    std::span<const training::StepRecord> steps{};  ///< thinned
    std::optional<training::StepRecord> latestStep{};
    std::span<const training::EpochRecord> epochs{};
    SnapshotPtr snapshot{};
    std::optional<training::Film> startingFilm{};
    std::vector<training::CheckpointPtr> frames{};
    std::optional<RunOutcome> outcome{};
  };

  /// Worker. Cost: the records in the message.
  void publish(Message message);

  /// Reader, before it looks: lets the next publish() wake again.
  /// @return whether a wake-up was under way.
  bool acceptWakeUp() { return m_wakeUnderWay.exchange(false); }

  /// How things are.
  struct Standing {
    SessionState state = SessionState::Preparing;
    TrainingProgress progress;
    std::optional<RunOutcome> outcome;  ///< told once; the state is Finished with it
  };

  /// Reader: how things are at one moment. Takes the outcome, and none of the updates.
  Standing takeStanding();

  /// Reader: everything since the last take.
  TrainingUpdates take();

  /// Whether the last message is out.
  bool isFinished() const;

 private:
  const std::function<void()> m_wake;
  std::atomic<bool> m_wakeUnderWay{false};
  mutable std::mutex m_mutex;
  TrainingUpdates m_updates;
  std::optional<RunOutcome> m_outcome;
};

}  // namespace embedscope::jobs
