// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_job.h"

#include "core/base/text.h"

#include <memory>

namespace embedscope::jobs {

namespace {

QString grouped(std::int64_t value) {
  return QString::fromStdString(base::groupedDigits(value));
}

/// Follows one session; a child of it.
class TrainingJob : public QObject {
 public:
  TrainingJob(JobRunner& runner, TrainingSession& session)
      : QObject(&session), m_runner(&runner), m_session(session) {
    connect(&session, &TrainingSession::stateChanged, this, [this] { follow(); });
    connect(&session, &TrainingSession::updated, this, [this] { follow(); });
    follow();
  }

 private:
  void follow() {
    if (!m_session.isActive() || !m_runner) {
      m_job.reset();
      return;
    }
    if (!m_job || m_run != m_session.runId()) {
      m_run = m_session.runId();
      m_job = m_runner->addExternal(title(), [this] { m_session.stop(); });
    }
    m_job->setTitle(title());
    m_job->setProgress(m_session.progress().fraction(), m_session.progress().secondsLeft);
  }

  QString title() const {
    const TrainingProgress& progress = m_session.progress();
    const QString run = tr("training run %1").arg(m_session.runId().value);
    if (progress.totalSteps == 0) {
      return tr("%1 · preparing").arg(run);
    }
    return tr("%1 · step %2 of %3").arg(run, grouped(progress.step), grouped(progress.totalSteps));
  }

  QPointer<JobRunner> m_runner;
  TrainingSession& m_session;
  RunId m_run;
  std::unique_ptr<ExternalJob> m_job;
};

}  // namespace

void listTraining(JobRunner& runner, TrainingSession& session) {
  new TrainingJob(runner, session);  // owned by the session
}

}  // namespace embedscope::jobs
