// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/jobs/time_left.h"

#include <QElapsedTimer>

#include <functional>
#include <thread>
#include <utility>

namespace embedscope::jobs {

/// One line of the list of jobs, how to cancel it, and the thread it runs on. Destruction waits for
/// that thread.
class JobRunner::Entry {
 public:
  Entry(JobId id, Origin origin, QString title, std::function<void()> cancel);

  Origin origin() const { return m_origin; }

  JobInfo& info() { return m_info; }

  const JobInfo& info() const { return m_info; }

  /// Keeps the thread that works.
  void holdThread(std::jthread thread) { m_thread = std::move(thread); }

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
  std::jthread m_thread;
};

}  // namespace embedscope::jobs
