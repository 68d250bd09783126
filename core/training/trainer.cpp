// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include "core/base/error.h"
#include "core/training/divergence.h"
#include "core/training/early_stopping.h"
#include "core/training/gradient_clip.h"
#include "core/training/initial_table.h"
#include "core/training/initialization.h"
#include "core/training/model.h"
#include "core/training/optimizer.h"
#include "core/training/prepared_data.h"
#include "core/training/recipe_check.h"
#include "core/training/schedule.h"
#include "core/training/target_loss.h"
#include "core/training/unseen_rows.h"
#include "core/training/validation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

namespace embedscope::training {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

ModelShape shapeOf(const data::Dataset& dataset, const TrainingRecipe& recipe) {
  ModelShape shape;
  for (std::size_t f = 0; f < recipe.features.size(); ++f) {
    const FeatureRecipe& feature = recipe.features[f];
    const std::int64_t categories = dataset.categorical[f].vocabulary.size();
    shape.features.push_back(
        {.name = feature.name,
         .categories = categories,
         .dimension = tableDimension(feature, categories),
         .oneHot = isOneHotInput(feature),
         .frozen = feature.frozen,
         .lookup = {.paddingRow = feature.paddingRow,
                    .maxNorm = feature.maxNorm,
                    .normType = feature.normType,
                    .scaleGradientByFrequency = feature.scaleGradientByFrequency,
                    .frozenRows = feature.frozenRows},
         .denseOneHot = feature.denseOneHot});
  }
  shape.numericColumns = dataset.numeric.cols();
  shape.hidden.assign(recipe.hidden.begin(), recipe.hidden.end());
  shape.loss = lossOf(recipe, dataset.target);
  shape.outputs = outputCount(shape.loss, dataset.target);
  shape.huberDelta = recipe.huberDelta;
  return shape;
}

/// How many numbers an optimizer keeps for each number of the model.
std::size_t matricesPerParameter(const OptimizerRecipe& optimizer) {
  switch (optimizer.kind) {
    case OptimizerKind::Sgd:
      return optimizer.momentum > 0 ? 1 : 0;
    case OptimizerKind::Adagrad:
      return 1;
    case OptimizerKind::Adam:
    case OptimizerKind::AdamW:
    case OptimizerKind::SparseAdam:
      break;
  }
  return 2;
}

/// The dataset, once it is known that the recipe fits it.
data::DatasetPtr checked(data::DatasetPtr dataset, const TrainingRecipe& recipe) {
  checkRecipe(*dataset, recipe);
  base::useOneBlasThread();
  return dataset;
}

}  // namespace

struct Trainer::State {
  State(data::DatasetPtr dataset, TrainingRecipe chosen)
      : recipe(std::move(chosen)),
        data(checked(std::move(dataset), recipe), recipe.validationShare, recipe.seed),
        model(shapeOf(data.dataset(), recipe)),
        unseen(data.dataset(), data.split().training, recipe),
        stopping(recipe.patience),
        metricName(data.isRegression() ? "rmse" : "accuracy") {
    initialize(recipe, data.dataset(), model);
    trainable = model.trainableParameters();
    optimizer = makeOptimizer(recipe.optimizer, trainable);
    const auto capacity = std::min(recipe.batchSize, trainRows());
    batch.allocate(recipe.features.size(), model.shape().numericColumns, capacity);
    activations = model.makeActivations(capacity);
    stepsPerEpoch = (trainRows() + recipe.batchSize - 1) / recipe.batchSize;
    identities.resize(recipe.features.size());
    unseen.fill(model);
  }

  std::int64_t trainRows() const { return static_cast<std::int64_t>(data.split().training.size()); }

  std::int64_t epoch() const { return step / stepsPerEpoch; }

  void run(std::int64_t target, const std::stop_token& stop);
  std::span<const std::int64_t> nextRows();
  void takeStep();
  bool epochIsPending() const;
  void endEpoch(const std::stop_token& stop);
  void shortenValidationRows();
  void startEpoch();
  void diverge(std::int64_t lossOfStep);
  void complete();
  std::vector<Caution> cautions() const;
  CheckpointPtr checkpoint() const;
  void restore(const Checkpoint& checkpoint);

  TrainingRecipe recipe;
  PreparedData data;
  Model<float> model;
  UnseenRows unseen;
  EarlyStopping stopping;
  std::vector<Parameter<float>*> trainable;
  std::unique_ptr<Optimizer<float>> optimizer;
  Batch<float> batch;
  Activations<float> activations;
  std::int64_t stepsPerEpoch = 0;

  RunState runState = RunState::Ready;
  std::int64_t step = 0;
  std::vector<std::int64_t> order;  ///< training rows as this epoch takes them
  double epochLossSum = 0;          ///< over the rows of the epoch so far
  double epochSeconds = 0;
  std::vector<EpochRecord> epochs;
  std::vector<StepRecord> steps;
  std::string divergence;
  std::string metricName;
  std::vector<std::optional<base::RowMatrix>> identities;  ///< of one-hot features, when asked for
};

void Trainer::State::startEpoch() {
  order = data.split().training;
  shuffleForEpoch(order, recipe.seed, epoch());
}

std::span<const std::int64_t> Trainer::State::nextRows() {
  const std::int64_t position = step % stepsPerEpoch;
  if (position == 0) {
    startEpoch();
    epochLossSum = 0;
    epochSeconds = 0;
  }
  const std::int64_t begin = position * recipe.batchSize;
  const std::int64_t size = std::min(recipe.batchSize, trainRows() - begin);
  return std::span<const std::int64_t>(order).subspan(static_cast<std::size_t>(begin),
                                                      static_cast<std::size_t>(size));
}

void Trainer::State::takeStep() {
  data.fill(nextRows(), batch);
  model.applyMaxNorm(batch);
  model.forwardTraining(batch, activations, {recipe.dropout, recipe.seed, step});
  const double loss = model.loss(batch, activations);
  if (!std::isfinite(loss)) {
    diverge(step + 1);
    return;
  }
  model.backward(batch, activations);
  if (recipe.optimizer.clipNorm) {
    clipGradient(trainable, *recipe.optimizer.clipNorm);
  }
  if (recipe.optimizer.schedule != Schedule::Constant) {
    optimizer->setLearningRate(
        scheduledRate(recipe.optimizer, step, recipe.epochs * stepsPerEpoch));
  }
  optimizer->step();
  ++step;
  steps.push_back({step, loss});
  epochLossSum += loss * static_cast<double>(batch.size);
}

/// Whether the last step ended an epoch that has not been judged yet.
bool Trainer::State::epochIsPending() const {
  return static_cast<std::int64_t>(epochs.size()) < epoch();
}

/// What PyTorch's embeddings with a max-norm do at the start of the forward pass that judges.
void Trainer::State::shortenValidationRows() {
  if (!model.hasMaxNorm()) {
    return;
  }
  const std::span<const std::int64_t> rows = data.split().validation;
  const auto capacity = static_cast<std::size_t>(batch.capacity());
  for (std::size_t begin = 0; begin < rows.size(); begin += capacity) {
    data.fill(rows.subspan(begin, std::min(capacity, rows.size() - begin)), batch);
    model.applyMaxNorm(batch);
  }
}

/// Judges the model; when stopped, the epoch stays pending.
void Trainer::State::endEpoch(const std::stop_token& stop) {
  unseen.fill(model);
  shortenValidationRows();
  const std::optional<ValidationResult> result = validate(model, data, stop);
  if (!result) {
    return;
  }
  epochs.push_back({epoch(), epochLossSum / static_cast<double>(trainRows()), result->loss,
                    result->metric, epochSeconds});
  const bool judged = !data.split().validation.empty();
  if (!model.isFinite() || (judged && !std::isfinite(result->loss))) {
    diverge(0);
    return;
  }
  if (stopping.isBest(epochs.back())) {
    stopping.forget();
    stopping.keep(checkpoint());
  }
  if (step == recipe.epochs * stepsPerEpoch || stopping.isOver(epoch())) {
    complete();
  }
}

void Trainer::State::diverge(std::int64_t lossOfStep) {
  runState = RunState::Diverged;
  divergence = divergenceText(model, recipe, lossOfStep, step);
}

void Trainer::State::complete() {
  runState = RunState::Completed;
  if (stopping.best()) {
    setNumbers(stopping.best()->numbers, model);
  }
}

CheckpointPtr Trainer::State::checkpoint() const {
  if (runState == RunState::Completed && stopping.best()) {
    return stopping.best();
  }
  Checkpoint checkpoint{.step = step,
                        .numbers = numbersOf(model),
                        .optimizer = optimizer->state(),
                        .epochLossSum = epochLossSum,
                        .epochSeconds = epochSeconds,
                        .epochs = epochs,
                        .best = stopping.best()};
  return std::make_shared<const Checkpoint>(std::move(checkpoint));
}

void Trainer::State::restore(const Checkpoint& checkpoint) {
  const std::size_t matrices = trainable.size() * matricesPerParameter(recipe.optimizer);
  if (checkpoint.optimizer.matrices.size() != matrices) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "the checkpoint is of another optimizer: go on with the one it was made by");
  }
  setNumbers(checkpoint.numbers, model);
  optimizer->restore(checkpoint.optimizer);
  step = checkpoint.step;
  std::erase_if(steps, [&](const StepRecord& record) { return record.step > step; });
  epochs = checkpoint.epochs;
  stopping.forget();
  if (checkpoint.best) {
    stopping.keep(checkpoint.best);
  } else if (stopping.isOn() && !epochs.empty()) {
    stopping.keep(std::make_shared<const Checkpoint>(checkpoint));
  }
  if (step % stepsPerEpoch != 0) {
    startEpoch();
  }
  epochLossSum = checkpoint.epochLossSum;
  epochSeconds = checkpoint.epochSeconds;
  divergence.clear();
  const bool over = !epochIsPending() && step >= recipe.epochs * stepsPerEpoch;
  runState = over ? RunState::Completed : RunState::Ready;
}

std::vector<Caution> Trainer::State::cautions() const {
  std::vector<Caution> cautions = dataCautions(data.dataset(), recipe, data.split());
  for (std::size_t f = 0; f < recipe.features.size(); ++f) {
    if (!model.embedding(f)) {
      continue;
    }
    const data::CategoricalColumn& column = data.dataset().categorical[f];
    const base::RowMatrix initial = initialTable(recipe.features[f], column.vocabulary, recipe.seed,
                                                 f, column.vocabulary.size());
    const std::vector<Caution> found = runCautions(
        recipe.features[f], column.vocabulary, rowsPerCategory(column, data.split().training),
        initial, model.embedding(f)->table().value(), static_cast<std::int64_t>(epochs.size()));
    cautions.insert(cautions.end(), found.begin(), found.end());
  }
  return cautions;
}

void Trainer::State::run(std::int64_t target, const std::stop_token& stop) {
  while (runState == RunState::Ready && !stop.stop_requested()) {
    if (epochIsPending()) {
      endEpoch(stop);
      continue;
    }
    if (step >= target) {
      return;
    }
    const Clock::time_point start = Clock::now();
    takeStep();
    epochSeconds += secondsSince(start);
  }
}

Trainer::Trainer(data::DatasetPtr dataset, TrainingRecipe recipe)
    : m_state(std::make_unique<State>(std::move(dataset), std::move(recipe))) {}

Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;

RunState Trainer::runUntil(std::int64_t target, const std::stop_token& stop) {
  m_state->run(target, stop);
  m_state->unseen.fill(m_state->model);
  return m_state->runState;
}

RunState Trainer::state() const {
  return m_state->runState;
}

std::int64_t Trainer::step() const {
  return m_state->step;
}

std::int64_t Trainer::totalSteps() const {
  return m_state->recipe.epochs * m_state->stepsPerEpoch;
}

std::int64_t Trainer::stepsPerEpoch() const {
  return m_state->stepsPerEpoch;
}

const std::vector<EpochRecord>& Trainer::epochs() const {
  return m_state->epochs;
}

const std::vector<StepRecord>& Trainer::steps() const {
  return m_state->steps;
}

std::int64_t Trainer::bestEpoch() const {
  return m_state->stopping.isOn() ? m_state->stopping.bestEpoch()
                                  : static_cast<std::int64_t>(m_state->epochs.size());
}

CheckpointPtr Trainer::checkpoint() const {
  return m_state->checkpoint();
}

std::int64_t Trainer::checkpointBytes() const {
  const std::int64_t once =
      numberBytes(m_state->model) *
      static_cast<std::int64_t>(1 + matricesPerParameter(m_state->recipe.optimizer));
  return m_state->stopping.isOn() ? 2 * once : once;
}

void Trainer::restore(const Checkpoint& checkpoint) {
  m_state->restore(checkpoint);
}

std::vector<Caution> Trainer::cautions() const {
  return m_state->cautions();
}

const std::string& Trainer::divergence() const {
  return m_state->divergence;
}

const std::string& Trainer::metricName() const {
  return m_state->metricName;
}

std::int64_t Trainer::parameterCount() const {
  return m_state->model.parameterCount();
}

const TrainingRecipe& Trainer::recipe() const {
  return m_state->recipe;
}

const data::Dataset& Trainer::dataset() const {
  return m_state->data.dataset();
}

const RowSplit& Trainer::split() const {
  return m_state->data.split();
}

std::int64_t Trainer::trainRowCount() const {
  return m_state->trainRows();
}

std::int64_t Trainer::validationRowCount() const {
  return static_cast<std::int64_t>(m_state->data.split().validation.size());
}

const base::RowMatrix& Trainer::tableValues(std::size_t feature) const {
  if (const auto& embedding = m_state->model.embedding(feature)) {
    return embedding->table().value();
  }
  std::optional<base::RowMatrix>& identity = m_state->identities[feature];
  if (!identity) {
    const Eigen::Index size = m_state->model.oneHot(feature)->categories();
    identity = base::RowMatrix::Identity(size, size);
  }
  return *identity;
}

table::TablePtr Trainer::table(std::size_t feature) const {
  const base::RowMatrix& values = tableValues(feature);
  const data::CategoricalColumn& column = dataset().categorical[feature];
  return std::make_shared<const table::EmbeddingTable>(column.name, column.vocabulary, values);
}

}  // namespace embedscope::training
