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
  m_run = std::make_unique<TrainingRun>(
      id, std::move(factory), mode == StartMode::Paused, m_slowMotion, [this, id] {
        QMetaObject::invokeMethod(this, [this, id] { wake(id); }, Qt::QueuedConnection);
      });
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
  return m_run ? m_run->mailbox().take() : TrainingUpdates{};
}

void TrainingSession::wake(RunId run) {
  if (!m_run || m_run->id() != run) {
    wakeRetired(run);
    return;
  }
  TrainingMailbox& mailbox = m_run->mailbox();
  mailbox.acceptWakeUp();
  const TrainingMailbox::Standing standing = mailbox.standing();
  const std::optional<RunOutcome> outcome =
      standing.state == State::Finished ? mailbox.takeOutcome() : std::nullopt;
  m_progress = standing.progress;
  // A receiver may start another run or destroy the session: then this run has nothing to add.
  const QPointer<TrainingSession> self(this);
  const auto current = [&] { return self && m_lastRun == run; };
  setState(standing.state);
  if (current()) {
    emit updated();
  }
  if (outcome && current()) {
    emit finished(*outcome);
  }
}

/// Nothing of an older run is told; once it has finished it is done away with.
void TrainingSession::wakeRetired(RunId run) {
  const auto found = std::ranges::find(m_retired, run, [](const auto& r) { return r->id(); });
  if (found == m_retired.end()) {
    return;
  }
  (*found)->mailbox().acceptWakeUp();
  if ((*found)->finished()) {
    m_retired.erase(found);
  }
}

void TrainingSession::setState(State state) {
  if (state != m_state) {
    m_state = state;
    emit stateChanged(state);
  }
}

}  // namespace embedscope::jobs
