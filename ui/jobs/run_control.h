// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>

namespace embedscope::jobs {

/// The commands of a run, between the thread that gives them and the worker that asks for them.
/// Every member may be called from any thread.
class RunControl {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param paused  whether the run begins on hold.
  RunControl(bool paused, std::optional<double> stepsPerSecond);

  void pause();
  void resume();
  void step(std::int64_t n);
  void setSlowMotion(std::optional<double> stepsPerSecond);
  void stop();

  /// Polled by long work of the worker; requested by stop().
  std::stop_token stopToken() const { return m_stop.get_token(); }

  /// What the worker may do now.
  struct Permit {
    std::int64_t steps = 0;                    ///< take so many, then ask again; 0: wait() first
    bool paused = false;                       ///< on hold, or taking single steps
    bool stopped = false;                      ///< end the run
    std::uint64_t version = 0;                 ///< of the commands, for wait()
    std::optional<Clock::time_point> until{};  ///< in slow motion: when the next step is due
  };

  /// @param wanted  ≥ 1: how many steps the worker would like to take. Counts those it grants.
  Permit ask(std::int64_t wanted);

  /// Waits until a command was given after `permit` or its time has come.
  void wait(const Permit& permit);

 private:
  void changed();

  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  std::stop_source m_stop;
  bool m_paused;
  std::int64_t m_singleSteps = 0;
  std::optional<double> m_stepsPerSecond;
  std::optional<Clock::time_point> m_nextStep;  ///< slow motion: when it is due; nothing: now
  std::uint64_t m_version = 0;
};

}  // namespace embedscope::jobs
