// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>

namespace embedscope::base {

/// What a long call is handed: a way to tell how far it is, and to learn that it should stop.
///
/// Cheap to copy; copies share their state. Every member may be called from any thread.
/// A default-constructed context never stops and reports to nobody.
class TaskContext {
 public:
  using Report = std::function<void(double fraction)>;

  TaskContext() = default;
  TaskContext(std::stop_token stop, Report report);

  bool stopRequested() const { return m_stop.stop_requested(); }

  const std::stop_token& stopToken() const { return m_stop; }

  /// Tells how much of the work is done.
  ///
  /// @param fraction  in [0, 1]; passed on only when it grew by at least 0.1 % (or reached 1), so
  ///                  callers may call this as often as they like. The report function is never
  ///                  entered by two threads at once.
  void report(double fraction) const;

  /// The same stop request, with `fraction` mapped from [0, 1] to [from, to] of this context.
  TaskContext part(double from, double to) const;

 private:
  struct Sink;
  std::stop_token m_stop;
  std::shared_ptr<Sink> m_sink;
  double m_from = 0;
  double m_to = 1;
};

}  // namespace embedscope::base
