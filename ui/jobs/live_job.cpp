// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/live_job.h"

#include <QPointer>

#include <memory>

namespace embedscope::jobs {

namespace {

/// Follows one session; a child of it.
class LiveJob : public QObject {
 public:
  LiveJob(JobRunner& runner, LiveSession& session)
      : QObject(&session), m_runner(&runner), m_session(session) {
    connect(&session, &LiveSession::activeChanged, this, [this] { follow(); });
    connect(&session, &LiveSession::updated, this, [this] { follow(); });
    connect(&session, &LiveSession::titleChanged, this, [this] { follow(); });
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
      m_job = m_runner->addExternal(m_session.title(), [this] { m_session.cancel(); });
    }
    m_job->setTitle(m_session.title());
    m_job->setProgress(m_session.fraction(), m_session.secondsLeft());
  }

  QPointer<JobRunner> m_runner;
  LiveSession& m_session;
  RunId m_run;
  std::unique_ptr<ExternalJob> m_job;
};

}  // namespace

void listSession(JobRunner& runner, LiveSession& session) {
  new LiveJob(runner, session);  // owned by the session
}

}  // namespace embedscope::jobs
