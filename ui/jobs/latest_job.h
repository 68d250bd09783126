// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <optional>
#include <type_traits>
#include <utility>

namespace embedscope::jobs {

/// Background work of one kind, of which only the newest matters: starting again silences and
/// cancels what was under way.
class LatestJob {
 public:
  /// @param owner  the context of all handlers; must outlive this object, as must the runner.
  LatestJob(JobRunner& runner, QObject* owner) : m_runner(runner), m_owner(owner) {}

  /// Drops what is under way, while the owner is still whole enough to hear of it.
  ~LatestJob() { drop(); }

  LatestJob(const LatestJob&) = delete;
  LatestJob& operator=(const LatestJob&) = delete;

  /// As `JobRunner::run`, but only handlers of the newest work are ever called; at that moment
  /// `isRunning` is false already.
  template <typename Work>
  void start(const QString& title, Work work,
             std::type_identity_t<JobHandlers<JobResult<Work>>> handlers) {
    drop();
    const int serial = m_serial;
    using Result = JobResult<Work>;
    m_job = m_runner.run(
        title, m_owner, std::move(work),
        {.done =
             [this, serial, done = std::move(handlers.done)](Result result) {
               if (ended(serial) && done) {
                 done(std::move(result));
               }
             },
         .failed =
             [this, serial, failed = std::move(handlers.failed)](const base::Error& error) {
               if (ended(serial) && failed) {
                 failed(error);
               }
             },
         .cancelled =
             [this, serial, cancelled = std::move(handlers.cancelled)] {
               if (ended(serial) && cancelled) {
                 cancelled();
               }
             }});
  }

  bool isRunning() const { return m_job.has_value(); }

  std::optional<JobId> id() const { return m_job; }

  /// Asks the work to stop; its `cancelled` handler follows.
  void cancel() {
    if (m_job) {
      m_runner.cancel(*m_job);
    }
  }

  /// Cancels and forgets: no handler follows.
  void drop() {
    ++m_serial;
    if (m_job) {
      m_runner.cancel(*std::exchange(m_job, std::nullopt));
    }
  }

 private:
  bool ended(int serial) {
    if (serial != m_serial) {
      return false;
    }
    m_job.reset();
    return true;
  }

  JobRunner& m_runner;
  QObject* m_owner;
  std::optional<JobId> m_job;
  int m_serial = 0;
};

}  // namespace embedscope::jobs
