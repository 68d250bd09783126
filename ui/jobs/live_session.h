// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/live_run.h"
#include "ui/jobs/run_id.h"
#include "ui/jobs/time_left.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace embedscope::jobs {

/// Receives the wake-ups of workers on its own thread. It outlives them, whatever becomes of the
/// objects that listen.
class WakeUp : public QObject {
  Q_OBJECT

 public:
  /// Called by name from any thread, queued: then nothing but the call itself crosses threads.
  Q_INVOKABLE void wake() { emit woken(); }

 signals:
  void woken();
};

/// What all sessions of long work that tells about itself have in common: one piece of work at a
/// time, its progress, and whether it goes on. Members belong to the thread this object lives in;
/// signals are emitted there.
class LiveSession : public QObject {
  Q_OBJECT

 public:
  explicit LiveSession(QObject* parent = nullptr);

  /// Which work messages belong to; rises with every start.
  RunId runId() const { return m_lastRun; }

  /// True from start() until the outcome.
  bool isActive() const { return m_active; }

  /// True from cancel() until the outcome.
  bool isCancelling() const { return m_cancelling; }

  double fraction() const { return m_fraction; }

  /// Nothing until it can be told.
  std::optional<double> secondsLeft() const;

  /// What the status bar says of it.
  const QString& title() const { return m_title; }

  void setTitle(const QString& title);

  /// Asks the work to stop; finished() follows when it has.
  void cancel();

 signals:
  void activeChanged(bool active);

  /// There is something to take, or progress. Comes once however much there is.
  void updated();

  void titleChanged();

  /// The last of a piece of work, once; see the outcome. The last messages can still be taken.
  void finished();

 protected:
  /// For the worker: at most one call of wake() follows each.
  std::function<void()> waker();

  /// @return the number of the new work.
  RunId begin(const QString& title);
  void progressed(double fraction);

  /// Tells listeners. One of them may start other work or destroy the session: then there is
  /// nothing to add, and this must not be touched any more.
  void tell(bool ended);

  virtual void stopWork() = 0;
  virtual void wake() = 0;

 private:
  WakeUp m_wakeUp;
  RunId m_lastRun;
  QString m_title;
  bool m_active = false;
  bool m_cancelling = false;
  double m_fraction = 0;
  TimeLeft m_timeLeft;
  QElapsedTimer m_sinceProgress;
};

/// Does work of one kind in the background: messages while it goes on, a result at its end.
///
/// A fast worker cannot flood the reader and a slow reader cannot slow the worker: at most one
/// wake-up is under way. Starting again silences and stops what was under way; nothing more is
/// heard of it. Destruction stops everything, waits, and tells nothing.
template <typename Message, typename Result>
class LiveSessionOf : public LiveSession {
 public:
  using Run = LiveRun<Message, Result>;
  using Work = typename Run::Work;
  using Tell = typename Run::Tell;
  using Outcome = LiveOutcome<Result>;

  using LiveSession::LiveSession;

  ~LiveSessionOf() override {
    for (const auto& run : m_retired) {
      run->stop();
    }
    m_run.reset();
    m_retired.clear();
  }

  RunId start(const QString& title, Work work) {
    if (m_run && !m_run->mailbox().isFinished()) {
      m_run->stop();
      m_retired.push_back(std::move(m_run));
    }
    m_messages.clear();
    m_outcome.reset();
    const RunId id = begin(title);
    m_run = std::make_unique<Run>(id, std::move(work), waker());
    emit activeChanged(true);
    return id;
  }

  /// Everything new since the last call, of the newest work. One reader.
  std::vector<Message> takeMessages() { return std::exchange(m_messages, {}); }

  /// Of the newest work, once it has finished.
  const std::optional<Outcome>& outcome() const { return m_outcome; }

 protected:
  void stopWork() override {
    if (m_run) {
      m_run->stop();
    }
  }

  /// A wake-up does not say whose it is: the mailboxes know. Those of older work are never read.
  void wake() override {
    std::erase_if(m_retired, [](const auto& run) {
      run->mailbox().acceptWakeUp();
      return run->mailbox().isFinished();
    });
    if (!m_run || !m_run->mailbox().acceptWakeUp()) {
      return;
    }
    auto mail = m_run->mailbox().take();
    m_messages.insert(m_messages.end(), std::make_move_iterator(mail.messages.begin()),
                      std::make_move_iterator(mail.messages.end()));
    progressed(mail.fraction);
    const bool ended = mail.outcome.has_value();
    if (ended) {
      m_outcome = std::move(mail.outcome);
    }
    tell(ended);
  }

 private:
  std::unique_ptr<Run> m_run;
  std::vector<std::unique_ptr<Run>> m_retired;  ///< told to stop, not ended yet
  std::vector<Message> m_messages;
  std::optional<Outcome> m_outcome;
};

}  // namespace embedscope::jobs
