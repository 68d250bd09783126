// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/training_step.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/gradient_clip.h"
#include "core/training/model.h"
#include "core/training/optimizer.h"
#include "core/training/recipe_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace embedscope::explain {

namespace {

using base::RowMatrix;
using training::OptimizerKind;
using training::Parameter;

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

void checkSize(const char* what, Eigen::Index rows, Eigen::Index columns, const char* remedy) {
  const auto numbers = base::checkedProduct(rows, columns);
  if (!numbers || *numbers > kMostTrainedNumbers) {
    refuse(fmt::format("{} of {} × {} numbers: a step is taken apart up to {} numbers; {}", what,
                       base::groupedDigits(rows), base::groupedDigits(columns),
                       base::groupedDigits(kMostTrainedNumbers), remedy));
  }
}

void checkTable(const table::TablePtr& table) {
  if (!table || table->rowCount() == 0 || table->dimension() == 0) {
    refuse("a training step needs a table with at least one row and one column");
  }
  checkSize("a table", table->rowCount(), table->dimension(), "take an excerpt of its rows");
}

void checkRows(const char* what, const std::vector<std::int32_t>& rows, Eigen::Index rowCount) {
  for (const std::int32_t row : rows) {
    if (row < 0 || row >= rowCount) {
      refuse(fmt::format("{}: there is no row {} in a table of {} rows", what, row, rowCount));
    }
  }
}

void checkCount(const char* what, std::size_t count, Eigen::Index expected, const char* unit) {
  if (static_cast<Eigen::Index>(count) != expected) {
    refuse(fmt::format("{} {}, but {} {}", count, what, expected, unit));
  }
}

TrainingStepSetup checked(const TrainingStepSetup& setup) {
  checkTable(setup.table);
  const Eigen::Index rows = setup.table->rowCount();
  if (setup.batch.empty()) {
    refuse("the batch is empty; a step needs at least one example");
  }
  const auto examples = static_cast<Eigen::Index>(setup.batch.size());
  checkSize("a batch", examples, setup.table->dimension(), "take fewer examples");
  checkRows("batch", setup.batch, rows);
  checkRows("earlier steps", setup.earlier, rows);
  checkCount("targets", setup.targets.size(), examples, "examples");
  checkCount("head weights", setup.headWeights.size(), setup.table->dimension(), "dimensions");
  training::checkOptimizer(setup.optimizer);
  return setup;
}

std::vector<std::int32_t> sortedOnce(std::vector<std::int32_t> rows) {
  std::ranges::sort(rows);
  const auto repeated = std::ranges::unique(rows);
  rows.erase(repeated.begin(), repeated.end());
  return rows;
}

bool contains(const std::vector<std::int32_t>& sorted, std::int64_t row) {
  return std::ranges::binary_search(sorted, row);
}

/// Whether gradients of earlier steps still move a row that has none now.
bool remembersGradients(const training::OptimizerRecipe& optimizer) {
  switch (optimizer.kind) {
    case OptimizerKind::Sgd:
      return optimizer.momentum > 0;
    case OptimizerKind::Adagrad:
      return false;
    case OptimizerKind::Adam:
    case OptimizerKind::AdamW:
    case OptimizerKind::SparseAdam:
      break;
  }
  return true;
}

bool differ(std::span<const float> a, std::span<const float> b) {
  return !std::ranges::equal(a, b, [](float left, float right) {
    return left == right || (std::isnan(left) && std::isnan(right));
  });
}

std::span<const float> rowOf(const RowMatrix& matrix, Eigen::Index row) {
  return {matrix.data() + row * matrix.cols(), static_cast<std::size_t>(matrix.cols())};
}

std::vector<float> copyOf(std::span<const float> numbers) {
  return {numbers.begin(), numbers.end()};
}

std::vector<float> numbersOf(const RowMatrix& matrix) {
  return {matrix.data(), matrix.data() + matrix.size()};
}

training::ModelShape shapeOf(const TrainingStepSetup& setup) {
  training::ModelShape shape;
  shape.features.push_back({.name = setup.table->name(),
                            .categories = setup.table->rowCount(),
                            .dimension = setup.table->dimension(),
                            .frozen = setup.frozen,
                            .lookup = setup.lookup});
  return shape;
}

}  // namespace

/// What trains elsewhere, for one table and a linear layer with one output.
class TrainingStep::Engine {
 public:
  explicit Engine(const TrainingStepSetup& setup)
      : m_model(shapeOf(setup)), m_clipNorm(setup.optimizer.clipNorm) {
    base::useOneBlasThread();
    table().value() = setup.table->values();
    std::ranges::copy(setup.headWeights, head().weights().value().data());
    head().bias().value()(0, 0) = setup.headBias;
    m_optimizer = training::makeOptimizer(setup.optimizer, m_model.trainableParameters());
  }

  Parameter<float>& table() { return m_model.embedding(0)->table(); }

  const Parameter<float>& table() const { return m_model.embedding(0)->table(); }

  training::LinearLayer<float>& head() { return m_model.linearLayers().front(); }

  const RowMatrix& lookups() const { return m_activations.input; }

  const RowMatrix& outputs() const { return m_activations.outputs.back(); }

  const RowMatrix& outputGradients() const { return m_activations.gradients.back(); }

  void shorten(const std::vector<std::int32_t>& codes, const std::vector<float>& targets) {
    const auto size = static_cast<Eigen::Index>(codes.size());
    m_batch.allocate(1, 0, size);
    m_batch.size = size;
    m_batch.codes.front() = codes;
    m_batch.values = targets;
    m_activations = m_model.makeActivations(size);
    m_model.applyMaxNorm(m_batch);
  }

  /// The way there and back. @return the loss.
  double pass() {
    m_model.forward(m_batch, m_activations);
    const double loss = m_model.loss(m_batch, m_activations);
    m_model.backward(m_batch, m_activations);
    return loss;
  }

  /// @return the norm of the gradient when it is clipped, 0 otherwise.
  double update() {
    const double norm =
        m_clipNorm ? training::clipGradient(m_model.trainableParameters(), *m_clipNorm) : 0;
    m_optimizer->step();
    return norm;
  }

 private:
  training::Model<float> m_model;
  std::optional<double> m_clipNorm;
  std::unique_ptr<training::Optimizer<float>> m_optimizer;
  training::Batch<float> m_batch;
  training::Activations<float> m_activations;
};

TrainingStep::TrainingStep(const TrainingStepSetup& setup)
    : m_setup(checked(setup)),
      m_batchRows(sortedOnce(setup.batch)),
      m_frozenRows(sortedOnce(setup.lookup.frozenRows)) {
  Engine engine(m_setup);
  takeEarlierSteps(engine);
  takeStep(engine);
}

void TrainingStep::takeEarlierSteps(Engine& engine) {
  for (const std::int32_t row : m_setup.earlier) {
    engine.shorten({row}, {m_setup.earlierTarget});
    engine.pass();
    const float* gradient = m_setup.frozen ? nullptr : engine.table().touchedGradient(row);
    if (gradient != nullptr && remembersGradients(m_setup.optimizer) &&
        std::any_of(gradient, gradient + engine.table().value().cols(),
                    [](float number) { return number != 0; })) {
      m_carried.push_back(row);
    }
    engine.update();
  }
  m_carried = sortedOnce(std::move(m_carried));
}

void TrainingStep::takeStep(Engine& engine) {
  m_before = engine.table().value();
  m_head.weightsBefore = numbersOf(engine.head().weights().value());
  m_head.biasBefore = engine.head().bias().value()(0, 0);

  engine.shorten(m_setup.batch, m_setup.targets);
  if (m_setup.lookup.maxNorm) {
    m_shortened = engine.table().value()(m_batchRows, Eigen::all);
  }
  m_loss = engine.pass();
  m_lookups = engine.lookups();
  m_outputs = numbersOf(engine.outputs());
  m_outputGradients = numbersOf(engine.outputGradients());
  m_errors.resize(m_outputs.size());
  std::ranges::transform(m_outputs, m_setup.targets, m_errors.begin(), std::minus<>());
  m_lookupGradients.resize(m_lookups.rows(), m_lookups.cols());
  engine.head().inputGradient(engine.outputGradients(), m_lookupGradients);
  keepGradient(engine);
  m_head.weightGradient = numbersOf(engine.head().weights().gradient());
  m_head.biasGradient = engine.head().bias().gradient()(0, 0);

  m_clippedNorm = engine.update();
  m_head.weightsAfter = numbersOf(engine.head().weights().value());
  m_head.biasAfter = engine.head().bias().value()(0, 0);
  m_after = std::move(engine.table().value());
}

void TrainingStep::keepGradient(const Engine& engine) {
  if (m_setup.frozen) {
    return;
  }
  for (const std::int32_t row : m_batchRows) {
    if (const float* gradient = engine.table().touchedGradient(row)) {
      m_gradient.push_back({row, {}, {}, {gradient, gradient + m_lookups.cols()}});
    }
  }
  for (std::size_t i = 0; i < m_setup.batch.size(); ++i) {
    const auto found =
        std::ranges::lower_bound(m_gradient, m_setup.batch[i], {}, &RowGradient::row);
    if (found != m_gradient.end() && found->row == m_setup.batch[i]) {
      found->examples.push_back(static_cast<std::int32_t>(i));
    }
  }
  for (RowGradient& entry : m_gradient) {
    entry.contributions = m_lookupGradients(entry.examples, Eigen::all);
    if (m_setup.lookup.scaleGradientByFrequency) {
      entry.contributions *= 1.0F / static_cast<float>(entry.frequency());
    }
  }
}

const RowGradient* TrainingStep::gradientOf(std::int64_t row) const {
  const auto found = std::ranges::lower_bound(m_gradient, row, {}, &RowGradient::row);
  return found != m_gradient.end() && found->row == row ? &*found : nullptr;
}

base::RowMatrix TrainingStep::denseGradient() const {
  RowMatrix dense = RowMatrix::Zero(rowCount(), dimension());
  for (const RowGradient& entry : m_gradient) {
    std::ranges::copy(entry.gradient, dense.data() + entry.row * dimension());
  }
  return dense;
}

base::RowMatrix TrainingStep::outerProductRows(Eigen::Index first, Eigen::Index count) const {
  RowMatrix oneHot = RowMatrix::Zero(m_lookupGradients.rows(), count);
  for (Eigen::Index i = 0; i < oneHot.rows(); ++i) {
    const Eigen::Index column = m_setup.batch[static_cast<std::size_t>(i)] - first;
    if (column >= 0 && column < count) {
      oneHot(i, column) = 1;
    }
  }
  return oneHot.transpose() * m_lookupGradients;
}

/// Calls `visit(first row, rows of the product)` for blocks whose one-hots take a few megabytes.
template <typename Visit>
void TrainingStep::forEachOuterBlock(const Visit& visit) const {
  constexpr Eigen::Index kNumbers = 1 << 20;
  const Eigen::Index block =
      std::clamp<Eigen::Index>(kNumbers / m_lookupGradients.rows(), 1, rowCount());
  for (Eigen::Index first = 0; first < rowCount(); first += block) {
    visit(first, outerProductRows(first, std::min(block, rowCount() - first)));
  }
}

base::RowMatrix TrainingStep::outerProduct() const {
  RowMatrix product(rowCount(), dimension());
  forEachOuterBlock([&](Eigen::Index first, const RowMatrix& rows) {
    product.middleRows(first, rows.rows()) = rows;
  });
  return product;
}

double TrainingStep::outerProductDifference() const {
  double largest = 0;
  forEachOuterBlock([&](Eigen::Index first, RowMatrix rows) {
    const auto inBlock = std::ranges::lower_bound(m_gradient, first, {}, &RowGradient::row);
    for (auto entry = inBlock; entry != m_gradient.end() && entry->row < first + rows.rows();
         ++entry) {
      rows.row(entry->row - first) -=
          Eigen::Map<const Eigen::RowVectorXf>(entry->gradient.data(), dimension());
    }
    const double here = static_cast<double>(rows.cwiseAbs().maxCoeff<Eigen::PropagateNaN>());
    largest = std::isnan(largest) || here <= largest ? largest : here;
  });
  return largest;
}

void TrainingStep::checkRow(std::int64_t row) const {
  if (row < 0 || row >= rowCount()) {
    refuse(fmt::format("there is no row {} in a table of {} rows", row, rowCount()));
  }
}

std::span<const float> TrainingStep::rowBefore(std::int64_t row) const {
  return rowOf(m_before, row);
}

std::span<const float> TrainingStep::rowAfter(std::int64_t row) const {
  return rowOf(m_after, row);
}

std::span<const float> TrainingStep::shortenedRow(std::int64_t row) const {
  checkRow(row);
  const auto found = std::ranges::lower_bound(m_batchRows, row);
  if (m_shortened.size() == 0 || found == m_batchRows.end() || *found != row) {
    return rowBefore(row);
  }
  return rowOf(m_shortened, found - m_batchRows.begin());
}

RowFate TrainingStep::fate(std::int64_t row) const {
  checkRow(row);
  if (m_setup.frozen || contains(m_frozenRows, row)) {
    return RowFate::Frozen;
  }
  if (contains(m_batchRows, row)) {
    return gradientOf(row) != nullptr ? RowFate::Learned : RowFate::Padding;
  }
  if (!differ(rowBefore(row), rowAfter(row))) {
    return RowFate::Untouched;
  }
  return contains(m_carried, row) ? RowFate::Carried : RowFate::Decayed;
}

RowChange TrainingStep::change(std::int64_t row) const {
  const std::span<const float> afterNorm = shortenedRow(row);
  const std::span<const float> before = rowBefore(row);
  const std::span<const float> after = rowAfter(row);
  RowChange change{fate(row),      differ(before, afterNorm),
                   copyOf(before), copyOf(afterNorm),
                   copyOf(after),  std::vector<float>(after.size())};
  std::ranges::transform(after, before, change.difference.begin(), std::minus<>());
  return change;
}

std::vector<std::int64_t> TrainingStep::changedRows() const {
  std::vector<std::int64_t> rows;
  for (Eigen::Index row = 0; row < rowCount(); ++row) {
    if (differ(rowBefore(row), rowAfter(row))) {
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace embedscope::explain
