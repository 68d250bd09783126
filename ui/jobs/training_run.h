// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/run_control.h"
#include "ui/jobs/training_mailbox.h"
#include "ui/jobs/training_task.h"

#include <functional>
#include <thread>

namespace embedscope::jobs {

/// One run with its thread. Destruction stops it and waits for the thread.
class TrainingRun {
 public:
  /// @param wake  called by the worker; see TrainingMailbox.
  TrainingRun(RunId id, TrainingTaskFactory factory, bool paused,
              std::optional<double> stepsPerSecond, std::function<void()> wake);
  ~TrainingRun();
  TrainingRun(const TrainingRun&) = delete;
  TrainingRun& operator=(const TrainingRun&) = delete;

  RunId id() const { return m_id; }

  RunControl& control() { return m_control; }

  TrainingMailbox& mailbox() { return m_mailbox; }

  /// True once the last message is out: destruction then waits for nothing worth mentioning.
  bool finished() const { return m_mailbox.isFinished(); }

 private:
  RunId m_id;
  RunControl m_control;
  TrainingMailbox m_mailbox;
  std::thread m_thread;
};

}  // namespace embedscope::jobs
