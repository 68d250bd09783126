// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_entry.h"

#include <utility>

namespace embedscope::jobs {

JobRunner::Entry::Entry(JobId id, Origin origin, QString title, std::function<void()> cancel)
    : m_origin(origin), m_cancel(std::move(cancel)) {
  m_info.id = id;
  m_info.title = std::move(title);
  m_info.cancellable = static_cast<bool>(m_cancel);
  m_sinceProgress.start();
}

bool JobRunner::Entry::cancel() {
  if (!m_info.cancellable || m_info.cancelling) {
    return false;
  }
  m_info.cancelling = true;
  m_cancel();
  return true;
}

void JobRunner::Entry::progressed(double fraction) {
  const double seconds = static_cast<double>(m_sinceProgress.nsecsElapsed()) * 1e-9;
  m_sinceProgress.restart();
  m_timeLeft.add(fraction - m_info.fraction, seconds);
  m_info.fraction = fraction;
  m_info.secondsLeft = m_timeLeft.secondsLeft(fraction);
}

}  // namespace embedscope::jobs
