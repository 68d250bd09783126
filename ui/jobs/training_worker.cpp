// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_worker.h"

#include "ui/jobs/caught_error.h"
#include "ui/jobs/chunk_pacer.h"
#include "ui/jobs/step_thinner.h"
#include "ui/jobs/time_left.h"

#include <algorithm>
#include <span>
#include <utility>

namespace embedscope::jobs {

namespace {

template <typename Record>
std::span<const Record> recordsFrom(const std::vector<Record>& all, std::size_t first) {
  return std::span<const Record>(all).subspan(first);
}

/// Drives one task and reports on it.
class ChunkLoop {
 public:
  ChunkLoop(TrainingTask& task, RunControl& control, TrainingMailbox& mailbox)
      : m_task(task),
        m_control(control),
        m_mailbox(mailbox),
        m_thinner(task.totalSteps()),
        m_film(task.startingFilm()) {}

  /// Trains until the run ends or is stopped.
  void run() {
    while (m_trained == training::RunState::Ready) {
      const RunControl::Permit permit = m_control.ask(m_pacer.steps());
      if (permit.stopped) {
        return;
      }
      tellState(permit.paused ? SessionState::Paused : SessionState::Running);
      if (permit.steps > 0) {
        trainChunk(permit.steps);
      } else {
        m_control.wait(permit);
      }
    }
  }

  /// After run().
  RunOutcome outcome() const {
    RunOutcome outcome;
    outcome.kind = kind();
    outcome.sentence = m_task.divergence();
    outcome.recipe = m_task.recipe();
    outcome.epochs = m_task.epochs();
    outcome.metricName = m_task.metricName();
    outcome.parameterCount = m_task.parameterCount();
    outcome.steps = m_task.step();
    outcome.seconds = m_seconds;
    outcome.cautions = m_task.cautions();
    for (std::size_t i = 0; outcome.usable() && i < outcome.recipe.features.size(); ++i) {
      outcome.tables.push_back(m_task.table(i));
    }
    return outcome;
  }

  /// What was held back for a full record, and the last state of the film.
  void tellRest() {
    endFilm();
    m_mailbox.publish({.steps = m_thinner.rest(), .frames = std::move(m_newFrames)});
  }

 private:
  RunOutcome::Kind kind() const {
    switch (m_trained) {
      case training::RunState::Completed:
        return RunOutcome::Kind::Completed;
      case training::RunState::Diverged:
        return RunOutcome::Kind::Diverged;
      case training::RunState::Ready:
        break;
    }
    return RunOutcome::Kind::Stopped;
  }

  TrainingProgress progress() const {
    TrainingProgress progress{.step = m_task.step(),
                              .totalSteps = m_task.totalSteps(),
                              .stepsPerEpoch = m_task.stepsPerEpoch(),
                              .secondsLeft = {}};
    progress.secondsLeft = m_timeLeft.secondsLeft(progress.fraction());
    return progress;
  }

  /// The first call also shows how the tables are before any step.
  void tellState(SessionState state) {
    if (state == m_toldState) {
      return;
    }
    TrainingMailbox::Message message{.state = state, .progress = progress()};
    if (m_toldState == SessionState::Preparing) {
      message.stepStride = m_thinner.stride();
      message.snapshot = takeSnapshot(m_task);
      message.startingFilm = m_film;
      takeFrame();
      message.frames = std::exchange(m_newFrames, {});
    }
    m_mailbox.publish(std::move(message));
    m_toldState = state;
    m_paceSince.reset();
  }

  void trainChunk(std::int64_t steps) {
    const std::int64_t before = m_task.step();
    const auto begin = RunControl::Clock::now();
    trainTo(before + steps);
    const auto end = RunControl::Clock::now();
    const std::int64_t taken = m_task.step() - before;
    m_seconds += std::chrono::duration<double>(end - begin).count();
    if (taken == steps) {
      m_pacer.measured(steps, end - begin);
    }
    learnPace(taken, m_paceSince.value_or(begin), end);
    tellChunk();
  }

  /// Stops on the way wherever the film wants a frame.
  void trainTo(std::int64_t target) {
    const std::stop_token stop = m_control.stopToken();
    do {
      const std::int64_t next = std::min(target, m_film.nextStep(m_task.step()));
      m_trained = m_task.runUntil(next, stop);
      takeFrame();
    } while (m_trained == training::RunState::Ready && m_task.step() < target &&
             !stop.stop_requested());
  }

  void takeFrame() {
    if (m_trained == training::RunState::Ready && m_film.wants(m_task.step())) {
      m_newFrames.push_back(m_task.checkpoint());
      m_film.add(m_newFrames.back());
    }
  }

  /// A diverged state is not worth a frame; one that went back to its best epoch has its frame.
  void endFilm() {
    const auto& frames = m_film.frames();
    if (m_trained == training::RunState::Diverged || frames.empty()) {
      return;
    }
    training::CheckpointPtr last = m_task.checkpoint();
    if (last->step > frames.back()->step) {
      m_newFrames.push_back(last);
      m_film.end(std::move(last));
    }
  }

  /// The pace that a person sees: slow motion and publishing count, pauses do not.
  void learnPace(std::int64_t taken, RunControl::Clock::time_point since,
                 RunControl::Clock::time_point until) {
    m_timeLeft.add(static_cast<double>(taken) / static_cast<double>(m_task.totalSteps()),
                   std::chrono::duration<double>(until - since).count());
    if (m_toldState == SessionState::Running) {
      m_paceSince = until;
    }
  }

  void tellChunk() {
    const auto newSteps = recordsFrom(m_task.steps(), m_toldSteps);
    const auto newEpochs = recordsFrom(m_task.epochs(), m_toldEpochs);
    m_toldSteps += newSteps.size();
    m_toldEpochs += newEpochs.size();
    const std::vector<training::StepRecord> thinned = m_thinner.add(newSteps);
    TrainingMailbox::Message message{.progress = progress(),
                                     .steps = thinned,
                                     .epochs = newEpochs,
                                     .snapshot = takeSnapshot(m_task),
                                     .frames = std::exchange(m_newFrames, {})};
    if (!newSteps.empty()) {
      message.latestStep = newSteps.back();
    }
    m_mailbox.publish(std::move(message));
  }

  TrainingTask& m_task;
  RunControl& m_control;
  TrainingMailbox& m_mailbox;
  StepThinner m_thinner;
  training::Film m_film;
  std::vector<training::CheckpointPtr> m_newFrames;  ///< not published yet
  ChunkPacer m_pacer;
  TimeLeft m_timeLeft;
  training::RunState m_trained = training::RunState::Ready;
  SessionState m_toldState = SessionState::Preparing;
  std::size_t m_toldSteps = 0;
  std::size_t m_toldEpochs = 0;
  double m_seconds = 0;
  std::optional<RunControl::Clock::time_point> m_paceSince;
};

RunOutcome failure(const base::Error& error) {
  RunOutcome outcome;
  outcome.kind = RunOutcome::Kind::Failed;
  outcome.sentence = error.what();
  return outcome;
}

RunOutcome train(const TrainingTaskFactory& factory, RunControl& control,
                 TrainingMailbox& mailbox) {
  try {
    const std::unique_ptr<TrainingTask> task = factory();
    ChunkLoop loop(*task, control, mailbox);
    loop.run();
    loop.tellRest();
    return loop.outcome();
  } catch (...) {
    return failure(caughtError());
  }
}

}  // namespace

void trainInBackground(RunId run, const TrainingTaskFactory& factory, RunControl& control,
                       TrainingMailbox& mailbox) {
  RunOutcome outcome = train(factory, control, mailbox);
  outcome.run = run;
  mailbox.publish({.state = SessionState::Finished, .outcome = std::move(outcome)});
}

}  // namespace embedscope::jobs
