// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>

namespace embedscope::tests {

/// A door that is opened once: tests order threads by it, never by sleeping.
class Gate {
 public:
  void open() {
    const std::scoped_lock lock(m_mutex);
    m_open = true;
    m_changed.notify_all();
  }

  void wait() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_open; });
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_open = false;
};

}  // namespace embedscope::tests
