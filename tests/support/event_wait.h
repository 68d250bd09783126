// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEventLoop>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace embedscope::tests {

/// Runs the event loop until the condition holds; it is looked at whenever `sender` emits `signal`.
///
/// @return false when that took more than ten seconds.
template <typename Sender, typename Signal>
bool waitUntil(Sender& sender, Signal signal, const std::function<bool()>& condition) {
  if (condition()) {
    return true;
  }
  QEventLoop loop;
  bool met = false;
  QObject::connect(&sender, signal, &loop, [&] {
    if (!met && condition()) {
      met = true;
      loop.quit();
    }
  });
  QTimer::singleShot(std::chrono::seconds(10), &loop, &QEventLoop::quit);
  loop.exec();
  return met;
}

}  // namespace embedscope::tests
