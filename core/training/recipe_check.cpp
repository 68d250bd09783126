// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/recipe_check.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace embedscope::training {

namespace {

/// Numbers in one table or layer; training keeps up to four copies of each.
constexpr std::int64_t kLargestParameter = std::int64_t{1} << 28U;

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

void checkOptions(const TrainingRecipe& recipe) {
  const OptimizerRecipe& optimizer = recipe.optimizer;
  if (!(optimizer.learningRate > 0) || !std::isfinite(optimizer.learningRate)) {
    refuse(fmt::format("learning rate {}: must be above 0", optimizer.learningRate));
  }
  if (!(optimizer.momentum >= 0 && optimizer.momentum < 1)) {
    refuse(fmt::format("momentum {}: must be at least 0 and below 1", optimizer.momentum));
  }
  if (optimizer.momentum > 0 && optimizer.kind != OptimizerKind::Sgd) {
    refuse(fmt::format("momentum {}: only the optimizer sgd has it, not {}", optimizer.momentum,
                       optimizerName(optimizer.kind)));
  }
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
}

void checkFeatureSize(const FeatureRecipe& feature, std::int64_t categories,
                      std::int64_t firstWidth) {
  const std::int64_t dimension = tableDimension(feature, categories);
  if (dimension < 1) {
    refuse(fmt::format("feature \"{}\": dimension {} must be at least 1", feature.name, dimension));
  }
  const std::int64_t widest = std::max(dimension, firstWidth);
  if (base::checkedProduct(categories, widest).value_or(kLargestParameter + 1) >
      kLargestParameter) {
    refuse(fmt::format(
        "feature \"{}\": {} numbers for each of {} categories are too many to train; choose a "
        "smaller dimension, or the approach random instead of one-hot or identity",
        feature.name, base::groupedDigits(widest), base::groupedDigits(categories)));
  }
}

void checkFeature(const FeatureRecipe& feature, const data::CategoricalColumn& column,
                  std::int64_t rows, std::int64_t firstWidth) {
  if (feature.name != column.name) {
    refuse(fmt::format("feature \"{}\" stands where the data has the column \"{}\"", feature.name,
                       column.name));
  }
  const std::int64_t categories = column.vocabulary.size();
  if (categories < 1) {
    refuse(fmt::format("feature \"{}\" has no categories", feature.name));
  }
  if (startsFromTable(feature) && (!feature.pretrained || feature.pretrained->rowCount() == 0)) {
    refuse(fmt::format("feature \"{}\": a pretrained table is needed to start from", feature.name));
  }
  if (startsFromTable(feature) && !feature.pretrained->values().allFinite()) {
    throw base::Error(base::ErrorCode::NonFinite,
                      fmt::format("feature \"{}\": the pretrained table \"{}\" holds NaN or "
                                  "infinity",
                                  feature.name, feature.pretrained->name()));
  }
  checkFeatureSize(feature, categories, firstWidth);
  if (static_cast<std::int64_t>(column.codes.size()) != rows) {
    refuse(fmt::format("feature \"{}\" has {} codes for {} rows", feature.name, column.codes.size(),
                       rows));
  }
  for (const std::int32_t code : column.codes) {
    if (code < 0 || code >= categories) {
      refuse(fmt::format("feature \"{}\": code {} is not one of its {} categories", feature.name,
                         code, categories));
    }
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
  const std::int64_t firstWidth =
      recipe.hidden.empty() ? dataset.target.classes.size() : recipe.hidden.front();
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

void checkRecipe(const data::Dataset& dataset, const TrainingRecipe& recipe) {
  if (dataset.rows < 1 || dataset.rows > std::numeric_limits<std::uint32_t>::max()) {
    refuse(fmt::format("the data has {} rows: between 1 and 4,294,967,295 can be trained on",
                       base::groupedDigits(dataset.rows)));
  }
  checkOptions(recipe);
  checkHidden(recipe);
  checkFeatures(dataset, recipe);
  checkNumbers(dataset);
  checkTarget(dataset);
}

}  // namespace embedscope::training
