// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/run_id.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::jobs {

/// How a piece of work ended.
template <typename Result>
struct LiveOutcome {
  enum class Kind {
    Done,       ///< `result` is there
    Cancelled,  ///< it stopped when asked to
    Failed,     ///< an error; see `sentence`
  };

  RunId run;
  Kind kind = Kind::Cancelled;
  std::optional<Result> result;
  std::string sentence;  ///< for people; empty unless Failed
  double seconds = 0;    ///< from start to end
};

/// What travels from a worker to its reader: messages are appended, progress is replaced, the
/// outcome comes last, and at most one wake-up is on its way at any time.
template <typename Message, typename Result>
class LiveMailbox {
 public:
  /// @param wake  called by a publishing thread, never again before the wake-up it stands for was
  ///              taken by acceptWakeUp().
  explicit LiveMailbox(std::function<void()> wake) : m_wake(std::move(wake)) {}

  /// Worker. O(1) amortized.
  void publish(Message message) {
    {
      const std::scoped_lock lock(m_mutex);
      m_mail.messages.push_back(std::move(message));
    }
    wakeOnce();
  }

  /// Worker. @param fraction  done, in [0, 1].
  void report(double fraction) {
    {
      const std::scoped_lock lock(m_mutex);
      m_mail.fraction = fraction;
    }
    wakeOnce();
  }

  /// Worker, once, after everything else.
  void finish(LiveOutcome<Result> outcome) {
    {
      const std::scoped_lock lock(m_mutex);
      m_mail.outcome = std::move(outcome);
      m_finished = true;
    }
    wakeOnce();
  }

  /// Reader, before it looks: lets the next publish() wake again.
  /// @return whether a wake-up was under way.
  bool acceptWakeUp() { return m_wakeUnderWay.exchange(false); }

  /// Everything since the last look.
  struct Mail {
    std::vector<Message> messages;
    double fraction = 0;
    std::optional<LiveOutcome<Result>> outcome;  ///< once
  };

  /// Reader.
  Mail take() {
    Mail taken;
    const std::scoped_lock lock(m_mutex);
    taken.fraction = m_mail.fraction;
    taken.messages.swap(m_mail.messages);
    taken.outcome.swap(m_mail.outcome);
    return taken;
  }

  /// True once finish() was called, whether or not the outcome was taken.
  bool isFinished() const {
    const std::scoped_lock lock(m_mutex);
    return m_finished;
  }

 private:
  void wakeOnce() {
    if (!m_wakeUnderWay.exchange(true)) {
      m_wake();
    }
  }

  const std::function<void()> m_wake;
  std::atomic<bool> m_wakeUnderWay{false};
  mutable std::mutex m_mutex;
  Mail m_mail;
  bool m_finished = false;
};

}  // namespace embedscope::jobs
