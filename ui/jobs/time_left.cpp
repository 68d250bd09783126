// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/time_left.h"

#include <cmath>

namespace embedscope::jobs {

namespace {

constexpr double kMemorySeconds = 8.0;
constexpr double kMinSeconds = 0.5;

}  // namespace

void TimeLeft::add(double fraction, double seconds) {
  const double keep = std::exp(-seconds / kMemorySeconds);
  m_work = m_work * keep + fraction;
  m_seconds = m_seconds * keep + seconds;
  m_seen += seconds;
}

std::optional<double> TimeLeft::secondsLeft(double fraction) const {
  if (m_seen < kMinSeconds || m_work <= 0) {
    return std::nullopt;
  }
  return (1.0 - fraction) * m_seconds / m_work;
}

}  // namespace embedscope::jobs
