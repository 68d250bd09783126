// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_run.h"

#include "ui/jobs/training_worker.h"

#include <utility>

namespace embedscope::jobs {

TrainingRun::TrainingRun(RunId id, TrainingTaskFactory factory, bool paused,
                         std::optional<double> stepsPerSecond, std::function<void()> wake)
    : m_id(id),
      m_control(paused, stepsPerSecond),
      m_mailbox(id, std::move(wake)),
      m_thread([this, factory = std::move(factory)] {
        trainInBackground(m_id, factory, m_control, m_mailbox);
      }) {}

TrainingRun::~TrainingRun() {
  m_control.stop();
  m_thread.join();
}

}  // namespace embedscope::jobs
