// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/jobs/time_left.h"

#include <QElapsedTimer>

#include <functional>

namespace embedscope::jobs {

/// One line of the list of jobs and how to cancel it.
class JobRunner::Entry {
 public:
  Entry(JobId id, Origin origin, QString title, std::function<void()> cancel);

  Origin origin() const { return m_origin; }

  JobInfo& info() { return m_info; }

  const JobInfo& info() const { return m_info; }

  /// Tells the job to stop, the first time. @return whether anything changed.
  bool cancel();

  /// Takes note of progress and estimates the time left from it.
  void progressed(double fraction);

 private:
  Origin m_origin;
  JobInfo m_info;
  std::function<void()> m_cancel;
  TimeLeft m_timeLeft;
  QElapsedTimer m_sinceProgress;
};

}  // namespace embedscope::jobs
