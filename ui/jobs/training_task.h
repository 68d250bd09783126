// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/film.h"
#include "core/training/recipe.h"
#include "core/training/trainer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::jobs {

/// What a training session drives: resumable training, as `training::Trainer` is. Used by one
/// thread at a time. The seam lets tests drive the session with a task whose pace they control.
class TrainingTask {
 public:
  virtual ~TrainingTask() = default;

  /// See Trainer::runUntil.
  virtual training::RunState runUntil(std::int64_t target, const std::stop_token& stop) = 0;

  virtual std::int64_t step() const = 0;
  virtual std::int64_t totalSteps() const = 0;
  virtual std::int64_t stepsPerEpoch() const = 0;
  virtual const std::vector<training::StepRecord>& steps() const = 0;
  virtual const std::vector<training::EpochRecord>& epochs() const = 0;
  virtual const std::string& divergence() const = 0;
  virtual const std::string& metricName() const = 0;
  virtual std::int64_t parameterCount() const = 0;
  virtual const training::TrainingRecipe& recipe() const = 0;
  virtual const base::RowMatrix& tableValues(std::size_t feature) const = 0;
  virtual table::TablePtr table(std::size_t feature) const = 0;

  /// See Trainer::cautions. By default there are none.
  virtual std::vector<training::Caution> cautions() const { return {}; }

  /// The film that the run continues: without frames for a new run. By default none is made.
  virtual training::Film startingFilm() const { return training::Film(0); }

  /// See Trainer::checkpoint. Asked for only when the film has room for frames.
  virtual training::CheckpointPtr checkpoint() const { return nullptr; }
};

/// Builds a task; called once, on the worker thread. May throw what a Trainer's constructor throws.
using TrainingTaskFactory = std::function<std::unique_ptr<TrainingTask>()>;

/// Where a run goes on: a frame of an older run, and that run's film up to it.
struct ResumePoint {
  training::CheckpointPtr checkpoint;
  training::Film film;
};

/// The real thing: a `training::Trainer` of this recipe on this data.
/// @param from  nothing: from the first step.
TrainingTaskFactory trainerTask(data::DatasetPtr dataset, training::TrainingRecipe recipe,
                                std::optional<ResumePoint> from = {});

}  // namespace embedscope::jobs
