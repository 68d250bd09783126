// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/task_context.h"

#include <algorithm>
#include <mutex>

namespace embedscope::base {

struct TaskContext::Sink {
  Report report;
  std::mutex mutex;
  std::atomic<int> lastPerMille{-1};
};

TaskContext::TaskContext(std::stop_token stop, Report report) : m_stop(std::move(stop)) {
  if (report) {
    m_sink = std::make_shared<Sink>();
    m_sink->report = std::move(report);
  }
}

void TaskContext::report(double fraction) const {
  if (!m_sink) {
    return;
  }
  const double whole = m_from + (m_to - m_from) * std::clamp(fraction, 0.0, 1.0);
  const int perMille = static_cast<int>(whole * 1000.0);
  if (perMille <= m_sink->lastPerMille.load(std::memory_order_relaxed)) {
    return;
  }
  const std::scoped_lock lock(m_sink->mutex);
  if (perMille > m_sink->lastPerMille.load(std::memory_order_relaxed)) {
    m_sink->lastPerMille.store(perMille, std::memory_order_relaxed);
    m_sink->report(whole);
  }
}

TaskContext TaskContext::part(double from, double to) const {
  TaskContext inner = *this;
  inner.m_from = m_from + (m_to - m_from) * from;
  inner.m_to = m_from + (m_to - m_from) * to;
  return inner;
}

}  // namespace embedscope::base
