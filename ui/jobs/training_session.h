// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/training_task.h"
#include "ui/jobs/training_updates.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope::jobs {

class TrainingRun;

/// Trains in the background and tells about it: one run at a time, on a thread of its own.
///
/// The worker trains in chunks of about 30 ms. After each it appends metrics to a mailbox, replaces
/// the newest snapshot and, unless a wake-up is already under way, queues one to this object's
/// thread, which becomes `updated()`. A fast trainer therefore cannot flood the reader, and a slow
/// reader cannot slow the trainer. Commands return at once and take effect between chunks. Neither
/// chunks nor commands change the result: tables have the bits of a Trainer run directly.
///
/// Every member belongs to the thread this object lives in; signals are emitted there.
class TrainingSession : public QObject {
  Q_OBJECT

 public:
  using State = SessionState;
  enum class StartMode { Running, Paused };

  explicit TrainingSession(QObject* parent = nullptr);

  /// Stops whatever runs and waits for it; no signal is emitted any more.
  ~TrainingSession() override;

  /// Begins a new run. An older one that is still under way is told to stop, and nothing more is
  /// heard of it, not even its outcome. A recipe that does not fit the data ends in Failed.
  ///
  /// @param mode  Paused: prepare, show step 0 and wait for resume() or step().
  RunId start(data::DatasetPtr dataset, training::TrainingRecipe recipe,
              StartMode mode = StartMode::Running);

  /// The same with a task of the caller's.
  RunId start(TrainingTaskFactory factory, StartMode mode = StartMode::Running);

  /// Holds after the present chunk; forgets single steps not taken yet.
  void pause();
  void resume();

  /// Takes n more steps and holds; does so too when it was running. Calls add up.
  void step(std::int64_t n = 1);

  /// At most so many steps a second, each shown by itself; nothing: full speed. Stays set for the
  /// runs to come. @param stepsPerSecond  > 0.
  void setSlowMotion(std::optional<double> stepsPerSecond);

  /// Ends the run as Stopped, before its next step.
  void stop();

  RunId runId() const;

  State state() const { return m_state; }

  /// True from start() until the outcome.
  bool isActive() const;

  /// How far the run was at the last wake-up or take. Takes nothing from the mailbox.
  const TrainingProgress& progress() const { return m_progress; }

  /// Everything new since the last call. One reader: what is taken here comes to nobody else.
  TrainingUpdates takeUpdates();

 signals:
  void stateChanged(embedscope::jobs::SessionState state);

  /// There is something to take. Comes once however much there is.
  void updated();

  /// The last message of a run, once; the last updates can still be taken.
  void finished(const embedscope::jobs::RunOutcome& outcome);

 private:
  Q_INVOKABLE void wake();
  void setState(State state);
  void retire();
  void dropFinished();

  std::unique_ptr<TrainingRun> m_run;
  std::vector<std::unique_ptr<TrainingRun>> m_retired;  ///< told to stop, not ended yet
  RunId m_lastRun;
  State m_state = State::Idle;
  TrainingProgress m_progress;
  std::optional<double> m_slowMotion;
};

}  // namespace embedscope::jobs
