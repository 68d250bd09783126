// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_session.h"

#include "ui/jobs/training_run.h"

#include <QMetaObject>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace embedscope::jobs {

TrainingSession::TrainingSession(QObject* parent) : QObject(parent) {}

TrainingSession::~TrainingSession() {
  for (const auto& run : m_retired) {
    run->control().stop();
  }
  m_run.reset();
  m_retired.clear();
}

RunId TrainingSession::start(data::DatasetPtr dataset, training::TrainingRecipe recipe,
                             StartMode mode) {
  return start(trainerTask(std::move(dataset), std::move(recipe)), mode);
}

RunId TrainingSession::start(TrainingTaskFactory factory, StartMode mode) {
  retire();
  ++m_lastRun.value;
  const RunId id = m_lastRun;
  m_progress = {};
  // Called by name, for then nothing but the call itself crosses between the threads.
  m_run = std::make_unique<TrainingRun>(
      id, std::move(factory), mode == StartMode::Paused, m_slowMotion,
      [this] { QMetaObject::invokeMethod(this, "wake", Qt::QueuedConnection); });
  m_state = State::Preparing;
  emit stateChanged(m_state);
  return id;
}

void TrainingSession::retire() {
  if (m_run && !m_run->finished()) {
    m_run->control().stop();
    m_retired.push_back(std::move(m_run));
  }
  m_run.reset();
}

void TrainingSession::pause() {
  if (isActive()) {
    m_run->control().pause();
  }
}

void TrainingSession::resume() {
  if (isActive()) {
    m_run->control().resume();
  }
}

void TrainingSession::step(std::int64_t n) {
  if (isActive() && n > 0) {
    m_run->control().step(n);
  }
}

void TrainingSession::setSlowMotion(std::optional<double> stepsPerSecond) {
  m_slowMotion = stepsPerSecond;
  if (isActive()) {
    m_run->control().setSlowMotion(stepsPerSecond);
  }
}

void TrainingSession::stop() {
  if (isActive()) {
    m_run->control().stop();
  }
}

RunId TrainingSession::runId() const {
  return m_lastRun;
}

bool TrainingSession::isActive() const {
  return m_run && m_state != State::Finished;
}

TrainingUpdates TrainingSession::takeUpdates() {
  if (!m_run) {
    return {};
  }
  TrainingUpdates updates = m_run->mailbox().take();
  m_progress = updates.progress;
  return updates;
}

/// A wake-up does not say whose it is: the mailboxes know. Those of older runs are never read.
void TrainingSession::wake() {
  dropFinished();
  if (!m_run || !m_run->mailbox().acceptWakeUp()) {
    return;
  }
  const RunId run = m_run->id();
  const TrainingMailbox::Standing standing = m_run->mailbox().takeStanding();
  m_progress = standing.progress;

  // A receiver may start another run or destroy the session: then this run has nothing to add.
  const QPointer<TrainingSession> self(this);
  const auto current = [&] { return self && m_lastRun == run; };
  setState(standing.state);
  if (current()) {
    emit updated();
  }
  if (standing.outcome && current()) {
    emit finished(*standing.outcome);
  }
}

/// Does away with older runs that have come to their end.
void TrainingSession::dropFinished() {
  for (const auto& run : m_retired) {
    run->mailbox().acceptWakeUp();
  }
  std::erase_if(m_retired, [](const auto& run) { return run->finished(); });
}

void TrainingSession::setState(State state) {
  if (state != m_state) {
    m_state = state;
    emit stateChanged(state);
  }
}

}  // namespace embedscope::jobs
