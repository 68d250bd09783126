// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"
#include "core/training/caution.h"
#include "core/training/film.h"
#include "core/training/recipe.h"
#include "core/training/trainer.h"
#include "ui/jobs/run_id.h"
#include "ui/jobs/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace embedscope::jobs {

enum class SessionState {
  Idle,       ///< nothing was started yet
  Preparing,  ///< the data is being split and the parameters initialized
  Running,
  Paused,    ///< waits for resume() or step(); single steps do not leave this state
  Finished,  ///< the outcome has been told
};

/// How far a run is.
struct TrainingProgress {
  std::int64_t step = 0;        ///< steps taken
  std::int64_t totalSteps = 0;  ///< 0 while Preparing
  std::int64_t stepsPerEpoch = 0;
  std::optional<double> secondsLeft;  ///< at the present pace; nothing until a pace is known

  /// In [0, 1].
  double fraction() const {
    return totalSteps > 0 ? static_cast<double>(step) / static_cast<double>(totalSteps) : 0.0;
  }
};

/// What is new since the last time somebody asked.
struct TrainingUpdates {
  RunId run;
  SessionState state = SessionState::Idle;
  TrainingProgress progress;

  /// Losses since the last take, in rising order of steps. Runs of more than
  /// StepThinner::kMaxRecords steps are thinned: each record is then the mean loss of
  /// `stepStride` neighboring steps and carries the last of them.
  std::vector<training::StepRecord> steps;
  std::int64_t stepStride = 1;                     ///< the same through the whole run
  std::optional<training::StepRecord> latestStep;  ///< newest step of all, not thinned

  std::vector<training::EpochRecord> epochs;  ///< since the last take
  SnapshotPtr snapshot;                       ///< newest of the run; null while Preparing

  /// The film as the run began it, told once; `frames` are to be appended to it.
  std::optional<training::Film> startingFilm;
  std::vector<training::CheckpointPtr> frames;  ///< since the last take, in rising order of steps
};

/// How a run ended, and what it leaves.
struct RunOutcome {
  enum class Kind {
    Completed,  ///< all epochs done
    Stopped,    ///< by stop(); what was learned so far is here
    Diverged,   ///< a loss was not finite
    Failed,     ///< an error; see `sentence`
  };

  RunId run;
  Kind kind = Kind::Completed;
  std::string sentence;  ///< for people; empty when Completed or Stopped

  std::vector<table::TablePtr> tables;  ///< one per feature when Completed or Stopped, else none
  training::TrainingRecipe recipe;      ///< default when preparing failed, as is all below
  std::vector<training::EpochRecord> epochs;  ///< all of them
  std::string metricName;                     ///< see Trainer::metricName()
  std::int64_t parameterCount = 0;
  std::int64_t steps = 0;
  double seconds = 0;  ///< spent in training, pauses not counted

  /// What to know before believing the result; see Trainer::cautions(). Empty when Failed.
  std::vector<training::Caution> cautions;

  /// True when there are tables to take.
  bool usable() const { return kind == Kind::Completed || kind == Kind::Stopped; }
};

}  // namespace embedscope::jobs
