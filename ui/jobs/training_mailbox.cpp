// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_mailbox.h"

#include <utility>

namespace embedscope::jobs {

TrainingMailbox::TrainingMailbox(RunId run, std::function<void()> wake) : m_wake(std::move(wake)) {
  m_updates.run = run;
  m_updates.state = SessionState::Preparing;
}

void TrainingMailbox::publish(Message message) {
  {
    const std::scoped_lock lock(m_mutex);
    TrainingUpdates& to = m_updates;
    to.state = message.state.value_or(to.state);
    to.stepStride = message.stepStride.value_or(to.stepStride);
    to.steps.insert(to.steps.end(), message.steps.begin(), message.steps.end());
    to.epochs.insert(to.epochs.end(), message.epochs.begin(), message.epochs.end());
    if (message.startingFilm) {
      to.startingFilm = std::move(message.startingFilm);
    }
    to.frames.insert(to.frames.end(), message.frames.begin(), message.frames.end());
    if (message.progress) {
      to.progress = *message.progress;
    }
    if (message.latestStep) {
      to.latestStep = message.latestStep;
    }
    if (message.snapshot) {
      to.snapshot.swap(message.snapshot);  // the older one is released after the lock
    }
    if (message.outcome) {
      m_outcome = std::move(message.outcome);
    }
  }
  if (!m_wakeUnderWay.exchange(true)) {
    m_wake();
  }
}

TrainingMailbox::Standing TrainingMailbox::takeStanding() {
  const std::scoped_lock lock(m_mutex);
  return {m_updates.state, m_updates.progress, std::exchange(m_outcome, std::nullopt)};
}

TrainingUpdates TrainingMailbox::take() {
  TrainingUpdates taken;
  const std::scoped_lock lock(m_mutex);
  taken.run = m_updates.run;
  taken.state = m_updates.state;
  taken.progress = m_updates.progress;
  taken.stepStride = m_updates.stepStride;
  taken.latestStep = m_updates.latestStep;
  taken.snapshot = m_updates.snapshot;
  taken.steps.swap(m_updates.steps);
  taken.epochs.swap(m_updates.epochs);
  taken.startingFilm.swap(m_updates.startingFilm);
  taken.frames.swap(m_updates.frames);
  return taken;
}

bool TrainingMailbox::isFinished() const {
  const std::scoped_lock lock(m_mutex);
  return m_updates.state == SessionState::Finished;
}

}  // namespace embedscope::jobs
