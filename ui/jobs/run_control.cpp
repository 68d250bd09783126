// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/run_control.h"

#include <algorithm>

namespace embedscope::jobs {

namespace {

RunControl::Clock::duration stepInterval(double stepsPerSecond) {
  constexpr double kLongestSeconds = 3600.0;
  const double seconds = std::min(1.0 / stepsPerSecond, kLongestSeconds);
  return std::chrono::duration_cast<RunControl::Clock::duration>(
      std::chrono::duration<double>(seconds));
}

}  // namespace

RunControl::RunControl(bool paused, std::optional<double> stepsPerSecond)
    : m_paused(paused), m_stepsPerSecond(stepsPerSecond) {}

void RunControl::pause() {
  const std::scoped_lock lock(m_mutex);
  m_paused = true;
  m_singleSteps = 0;
  changed();
}

void RunControl::resume() {
  const std::scoped_lock lock(m_mutex);
  m_paused = false;
  m_singleSteps = 0;
  changed();
}

void RunControl::step(std::int64_t n) {
  const std::scoped_lock lock(m_mutex);
  m_paused = true;
  m_singleSteps += n;
  changed();
}

void RunControl::setSlowMotion(std::optional<double> stepsPerSecond) {
  const std::scoped_lock lock(m_mutex);
  m_stepsPerSecond = stepsPerSecond;
  m_nextStep.reset();
  changed();
}

void RunControl::stop() {
  m_stop.request_stop();
  const std::scoped_lock lock(m_mutex);
  changed();
}

void RunControl::changed() {
  ++m_version;
  m_changed.notify_all();
}

RunControl::Permit RunControl::ask(std::int64_t wanted) {
  const std::scoped_lock lock(m_mutex);
  Permit permit{.paused = m_paused, .stopped = m_stop.stop_requested(), .version = m_version};
  if (permit.stopped || (m_paused && m_singleSteps == 0)) {
    return permit;
  }
  if (m_stepsPerSecond) {
    const Clock::time_point now = Clock::now();
    const Clock::time_point due = m_nextStep.value_or(now);
    if (now < due) {
      permit.until = due;
      return permit;
    }
    const Clock::duration interval = stepInterval(*m_stepsPerSecond);
    // A step that came late does not make the next ones hurry.
    m_nextStep = (now - due < interval ? due : now) + interval;
    wanted = 1;
  }
  permit.steps = m_paused ? std::min(wanted, m_singleSteps) : wanted;
  if (m_paused) {
    m_singleSteps -= permit.steps;
  }
  return permit;
}

void RunControl::wait(const Permit& permit) {
  std::unique_lock lock(m_mutex);
  const auto commanded = [&] { return m_version != permit.version; };
  if (permit.until) {
    m_changed.wait_until(lock, *permit.until, commanded);
  } else {
    m_changed.wait(lock, commanded);
  }
}

}  // namespace embedscope::jobs
