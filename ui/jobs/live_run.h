// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "ui/jobs/caught_error.h"
#include "ui/jobs/live_mailbox.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <thread>
#include <utility>

namespace embedscope::jobs {

/// One piece of work with its thread. Destruction stops it and waits for the thread.
template <typename Message, typename Result>
class LiveRun {
 public:
  using Mailbox = LiveMailbox<Message, Result>;
  using Outcome = LiveOutcome<Result>;

  /// Tells something while the work goes on; from any thread.
  using Tell = std::function<void(Message)>;

  /// On the worker; nothing when it was stopped. May throw. It should end within 100 ms of a stop
  /// request.
  using Work = std::function<std::optional<Result>(const base::TaskContext&, const Tell&)>;

  /// @param wake  see LiveMailbox.
  LiveRun(RunId id, Work work, std::function<void()> wake)
      : m_id(id),
        m_mailbox(std::move(wake)),
        m_thread([this, work = std::move(work)]() mutable { run(std::move(work)); }) {}

  ~LiveRun() {
    m_stop.request_stop();
    m_thread.join();
  }

  LiveRun(const LiveRun&) = delete;
  LiveRun& operator=(const LiveRun&) = delete;

  RunId id() const { return m_id; }

  void stop() { m_stop.request_stop(); }

  Mailbox& mailbox() { return m_mailbox; }

 private:
  void run(Work work) {
    const auto begin = std::chrono::steady_clock::now();
    Outcome outcome = outcomeOf(work);
    work = {};  // what the work holds is released before anybody hears of its end
    outcome.run = m_id;
    outcome.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    m_mailbox.finish(std::move(outcome));
  }

  Outcome outcomeOf(const Work& work) {
    Outcome outcome;
    try {
      const base::TaskContext context(m_stop.get_token(),
                                      [this](double fraction) { m_mailbox.report(fraction); });
      outcome.result =
          work(context, [this](Message message) { m_mailbox.publish(std::move(message)); });
      outcome.kind = outcome.result ? Outcome::Kind::Done : Outcome::Kind::Cancelled;
    } catch (...) {
      const base::Error error = caughtError();
      outcome.kind = m_stop.stop_requested() ? Outcome::Kind::Cancelled : Outcome::Kind::Failed;
      outcome.sentence = m_stop.stop_requested() ? std::string() : error.what();
    }
    return outcome;
  }

  RunId m_id;
  std::stop_source m_stop;
  Mailbox m_mailbox;
  std::thread m_thread;
};

}  // namespace embedscope::jobs
