// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/recipe_check.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/feature_check.h"
#include "core/training/row_split.h"
#include "core/training/target_loss.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string>

namespace embedscope::training {

namespace {

/// Each has random streams of its own; see RandomUse::Dropout.
constexpr std::size_t kMostHiddenLayers = 255;

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

void requireFinite(double value, const std::string& column, std::int64_t row) {
  if (!std::isfinite(value)) {
    throw base::Error(base::ErrorCode::NonFinite,
                      fmt::format("column \"{}\" holds {} in row {}: numbers must be finite",
                                  column, value, base::groupedDigits(row + 1)));
  }
}

bool isPositive(double value) {
  return value > 0 && std::isfinite(value);
}

void checkEpochs(const TrainingRecipe& recipe, std::int64_t rows) {
  if (recipe.batchSize < 1) {
    refuse(fmt::format("batch size {}: must be at least 1", recipe.batchSize));
  }
  if (recipe.epochs < 1) {
    refuse(fmt::format("epochs {}: must be at least 1", recipe.epochs));
  }
  if (!(recipe.validationShare >= 0 && recipe.validationShare < 1)) {
    refuse(
        fmt::format("validation share {}: must be at least 0 and below 1", recipe.validationShare));
  }
  if (recipe.patience < 0) {
    refuse(fmt::format("patience {}: must be at least 0 epochs", recipe.patience));
  }
  if (recipe.patience > 0 && validationRowCount(rows, recipe.validationShare) == 0) {
    refuse(
        fmt::format("patience {}: early stopping needs validation rows, and a share of {} of {} "
                    "rows leaves none",
                    recipe.patience, recipe.validationShare, base::groupedDigits(rows)));
  }
}

void checkLoss(const TrainingRecipe& recipe, const data::Target& target) {
  const LossKind loss = lossOf(recipe, target);
  if (!fitsTarget(loss, target.kind)) {
    refuse(target.kind == data::TargetKind::Regression
               ? fmt::format("loss {}: the target \"{}\" holds numbers; choose squared-error or "
                             "huber",
                             lossName(loss), target.name)
               : fmt::format("loss {}: the target \"{}\" holds labels; choose cross-entropy, or "
                             "binary-cross-entropy for two classes",
                             lossName(loss), target.name));
  }
  if (loss == LossKind::BinaryCrossEntropy && target.classes.size() != 2) {
    refuse(
        fmt::format("loss binary-cross-entropy: the target \"{}\" has {} classes, not two; "
                    "choose cross-entropy",
                    target.name, base::groupedDigits(target.classes.size())));
  }
  if (!isPositive(recipe.huberDelta)) {
    refuse(fmt::format("delta {} of the Huber loss: must be above 0", recipe.huberDelta));
  }
}

void checkHidden(const TrainingRecipe& recipe) {
  std::int64_t previous = 1;
  for (const std::int64_t width : recipe.hidden) {
    if (width < 1) {
      refuse(fmt::format("hidden layer of width {}: must be at least 1", width));
    }
    if (base::checkedProduct(previous, width).value_or(kLargestParameter + 1) > kLargestParameter) {
      refuse(fmt::format("hidden layer of width {}: too large", base::groupedDigits(width)));
    }
    previous = width;
  }
  if (recipe.hidden.size() > kMostHiddenLayers) {
    refuse(fmt::format("{} hidden layers: at most {} can be trained", recipe.hidden.size(),
                       kMostHiddenLayers));
  }
  if (!(recipe.dropout >= 0 && recipe.dropout < 1)) {
    refuse(fmt::format("dropout {}: must be at least 0 and below 1", recipe.dropout));
  }
  if (recipe.dropout > 0 && recipe.hidden.empty()) {
    refuse(
        fmt::format("dropout {}: there is no hidden layer to leave units out of", recipe.dropout));
  }
}

void checkFeatures(const data::Dataset& dataset, const TrainingRecipe& recipe) {
  if (recipe.features.size() != dataset.categorical.size()) {
    refuse(fmt::format("the recipe has {} features, the data has {} categorical columns",
                       recipe.features.size(), dataset.categorical.size()));
  }
  if (recipe.features.empty() && dataset.numeric.cols() == 0) {
    refuse("the model has no inputs: choose at least one categorical or numeric column");
  }
  const std::int64_t firstWidth = recipe.hidden.empty()
                                      ? outputCount(lossOf(recipe, dataset.target), dataset.target)
                                      : recipe.hidden.front();
  for (std::size_t f = 0; f < recipe.features.size(); ++f) {
    checkFeature(recipe.features[f], dataset.categorical[f], dataset.rows, firstWidth);
  }
}

void checkNumbers(const data::Dataset& dataset) {
  const auto& numeric = dataset.numeric;
  if (numeric.cols() > 0 && numeric.rows() != dataset.rows) {
    refuse(fmt::format("the data has numbers for {} of {} rows", numeric.rows(), dataset.rows));
  }
  if (static_cast<std::int64_t>(dataset.numericNames.size()) != numeric.cols()) {
    refuse(fmt::format("the data has {} names for {} numeric columns", dataset.numericNames.size(),
                       numeric.cols()));
  }
  for (Eigen::Index row = 0; row < numeric.rows(); ++row) {
    for (Eigen::Index column = 0; column < numeric.cols(); ++column) {
      requireFinite(numeric(row, column), dataset.numericNames[static_cast<std::size_t>(column)],
                    row);
    }
  }
}

void checkTargetSize(const data::Target& target, std::size_t size, std::int64_t rows) {
  if (static_cast<std::int64_t>(size) != rows) {
    refuse(fmt::format("the target \"{}\" is known for {} of {} rows", target.name, size, rows));
  }
}

void checkTarget(const data::Dataset& dataset) {
  const data::Target& target = dataset.target;
  if (target.kind == data::TargetKind::Regression) {
    checkTargetSize(target, target.values.size(), dataset.rows);
    for (std::size_t row = 0; row < target.values.size(); ++row) {
      requireFinite(target.values[row], target.name, static_cast<std::int64_t>(row));
    }
    return;
  }
  checkTargetSize(target, target.codes.size(), dataset.rows);
  if (target.classes.size() < 2) {
    refuse(fmt::format("the target \"{}\" needs at least two classes", target.name));
  }
  for (const std::int32_t code : target.codes) {
    if (code < 0 || code >= target.classes.size()) {
      refuse(fmt::format("the target \"{}\": code {} is not one of its {} classes", target.name,
                         code, target.classes.size()));
    }
  }
}

}  // namespace

void checkOptimizer(const OptimizerRecipe& optimizer) {
  if (!isPositive(optimizer.learningRate)) {
    refuse(fmt::format("learning rate {}: must be above 0", optimizer.learningRate));
  }
  if (!(optimizer.momentum >= 0 && optimizer.momentum < 1)) {
    refuse(fmt::format("momentum {}: must be at least 0 and below 1", optimizer.momentum));
  }
  if (optimizer.momentum > 0 && optimizer.kind != OptimizerKind::Sgd) {
    refuse(fmt::format("momentum {}: only the optimizer sgd has it, not {}", optimizer.momentum,
                       optimizerName(optimizer.kind)));
  }
  if (!(optimizer.weightDecay >= 0) || !std::isfinite(optimizer.weightDecay)) {
    refuse(fmt::format("weight decay {}: must be at least 0", optimizer.weightDecay));
  }
  if (optimizer.weightDecay > 0 && optimizer.kind == OptimizerKind::SparseAdam) {
    refuse(
        fmt::format("weight decay {}: the optimizer sparse-adam has none, because it leaves "
                    "rows outside the batch alone; choose adamw or adam",
                    optimizer.weightDecay));
  }
  if (optimizer.clipNorm && !isPositive(*optimizer.clipNorm)) {
    refuse(fmt::format("gradient norm {}: gradients can be shortened to a norm above 0 only",
                       *optimizer.clipNorm));
  }
}

void checkRecipe(const data::Dataset& dataset, const TrainingRecipe& recipe) {
  if (dataset.rows < 1 || dataset.rows > std::numeric_limits<std::uint32_t>::max()) {
    refuse(fmt::format("the data has {} rows: between 1 and 4,294,967,295 can be trained on",
                       base::groupedDigits(dataset.rows)));
  }
  checkOptimizer(recipe.optimizer);
  checkEpochs(recipe, dataset.rows);
  checkHidden(recipe);
  checkLoss(recipe, dataset.target);
  checkFeatures(dataset, recipe);
  checkNumbers(dataset);
  checkTarget(dataset);
}

}  // namespace embedscope::training
