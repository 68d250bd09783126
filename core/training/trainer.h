// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/table/embedding_table.h"
#include "core/training/caution.h"
#include "core/training/checkpoint.h"
#include "core/training/epoch_record.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::training {

/// Loss of one optimizer step, before the step was taken.
struct StepRecord {
  std::int64_t step = 0;  ///< counted from 1
  double loss = 0;
};

enum class RunState {
  Ready,      ///< can go on
  Completed,  ///< all epochs done, or stopped early (see Trainer::bestEpoch)
  Diverged,   ///< a loss was not finite; see Trainer::divergence()
};

/// One training of one model with one seed, as resumable state: no threads, no callbacks.
///
/// The model is embeddings → concatenation with standardized numeric columns → hidden ReLU layers
/// → output; the loss is the recipe's, for a regression of the standardized target. Running to step
/// a and then to step b gives the same bits as running to b at once. Not thread-safe: one thread at
/// a time.
class Trainer {
 public:
  /// Splits the rows, standardizes by the training rows, initializes the parameters.
  /// @throws Error InvalidArgument: the recipe does not fit the data (says which field and why).
  Trainer(data::DatasetPtr dataset, TrainingRecipe recipe);
  ~Trainer();
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;

  /// Takes optimizer steps until `step() == target`, the run ends, or a stop is requested (polled
  /// before every step and every block of validation rows). Judges the validation rows whenever an
  /// epoch ends; when stopped in the middle of that, the next call begins with it.
  RunState runUntil(std::int64_t target, const std::stop_token& stop = {});

  RunState state() const;
  std::int64_t step() const;        ///< steps taken so far
  std::int64_t totalSteps() const;  ///< epochs · stepsPerEpoch()
  std::int64_t stepsPerEpoch() const;

  const std::vector<EpochRecord>& epochs() const;

  /// One record for every step that this trainer took, in order.
  const std::vector<StepRecord>& steps() const;

  /// The epoch whose parameters count, from 1: with early stopping the one with the lowest
  /// validation loss so far, otherwise the last. 0 before the first epoch has ended.
  std::int64_t bestEpoch() const;

  /// Everything that training changes, as a copy. O(parameters).
  CheckpointPtr checkpoint() const;

  /// Memory that a checkpoint takes, about. O(parameters of the recipe), nothing is copied.
  std::int64_t checkpointBytes() const;

  /// Goes to a checkpoint of a run on the same data with the same features, hidden layers and
  /// optimizer; what this trainer recorded for later steps is forgotten. With the same recipe the
  /// run goes on with the same bits as if it had never been elsewhere; with another learning rate,
  /// schedule or number of epochs it goes on from there as that recipe says.
  ///
  /// @throws Error InvalidArgument when its shapes are not those of this model.
  void restore(const Checkpoint& checkpoint);

  /// What a person should know about this data, this split and the numbers so far: categories
  /// without training rows, leakage, exploding norms, dead rows, … In the order of dataCautions,
  /// then of runCautions. Cost O(rows · columns + numbers in tables).
  std::vector<Caution> cautions() const;

  /// In words: at which step, and the likely cause. Empty unless Diverged.
  const std::string& divergence() const;

  /// "rmse" (in the target's own unit) or "accuracy" (share of rows, 0 to 1).
  const std::string& metricName() const;

  /// Numbers that training may change.
  std::int64_t parameterCount() const;

  const TrainingRecipe& recipe() const;
  const data::Dataset& dataset() const;

  /// Which rows are trained on and which judge.
  const RowSplit& split() const;

  std::int64_t trainRowCount() const;
  std::int64_t validationRowCount() const;

  /// n × d of feature `feature` (its place in the recipe), as it is now.
  const base::RowMatrix& tableValues(std::size_t feature) const;

  /// The same with labels, a copy: named after the feature.
  table::TablePtr table(std::size_t feature) const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace embedscope::training
