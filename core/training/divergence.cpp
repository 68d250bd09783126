// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/divergence.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <limits>

namespace embedscope::training {

namespace {

/// Numbers of a table that starts as large as this overflow in the layers that follow.
constexpr float kHugeStart = 1e6F;

struct Largest {
  float value = 0;
  std::string where;  ///< "table of “color”", "hidden layer 1", "output layer"
};

float largestIn(const Matrix<float>& values) {
  float largest = 0;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const float size = std::abs(values.data()[i]);
    largest =
        std::isfinite(size) ? std::max(largest, size) : std::numeric_limits<float>::infinity();
    if (std::isinf(largest)) {
      break;
    }
  }
  return largest;
}

Largest largestOf(const Model<float>& model) {
  Largest largest;
  const auto consider = [&](const Matrix<float>& values, const std::string& where) {
    const float size = largestIn(values);
    if (size > largest.value) {
      largest = {size, where};
    }
  };
  for (std::size_t f = 0; f < model.shape().features.size(); ++f) {
    const std::string name = "the table of \"" + model.shape().features[f].name + "\"";
    const auto& oneHot = model.oneHot(f);
    consider(oneHot ? oneHot->weights().value() : model.embedding(f)->table().value(), name);
  }
  const auto& layers = model.linearLayers();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    consider(layers[i].weights().value(), i + 1 == layers.size()
                                              ? std::string("the output layer")
                                              : fmt::format("hidden layer {}", i + 1));
  }
  return largest;
}

std::string whatToTry(const TrainingRecipe& recipe) {
  const std::string rate =
      fmt::format("Most likely the learning rate {} is too high; try {}",
                  recipe.optimizer.learningRate, recipe.optimizer.learningRate / 10);
  return recipe.optimizer.clipNorm ? rate + "." : rate + ", or clip the gradient.";
}

}  // namespace

std::string divergenceText(const Model<float>& model, const TrainingRecipe& recipe,
                           std::int64_t step, std::int64_t stepsTaken) {
  const Largest largest = largestOf(model);
  const std::string what =
      step > 0 ? fmt::format("the loss of step {} is not a finite number", step)
               : fmt::format("the model is no longer finite after step {}", stepsTaken);
  if (step == 1 && largest.value > kHugeStart) {
    return fmt::format(
        "Training diverged: {}. {} starts with numbers as large as {:.3g}; scale them down, or "
        "start from random numbers.",
        what, largest.where, largest.value);
  }
  const std::string size =
      std::isinf(largest.value)
          ? fmt::format("numbers in {} are infinite or not numbers", largest.where)
          : fmt::format("the largest number, {:.3g}, is in {}", largest.value, largest.where);
  return fmt::format("Training diverged: {} ({}). {}", what, size, whatToTry(recipe));
}

}  // namespace embedscope::training
