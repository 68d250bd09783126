// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <vector>

// What the tests that read PyTorch's results have in common.

namespace embedscope::training {

using Json = nlohmann::json;

/// A file of tests/reference/training.
inline Json trainingReference(const std::string& file) {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/training/" + file);
  return Json::parse(in);
}

template <typename Value>
std::optional<Value> optionOf(const Json& from, const char* key) {
  return from.contains(key) ? std::optional<Value>(from.at(key).get<Value>()) : std::nullopt;
}

inline OptimizerRecipe optimizerRecipeOf(const Json& run) {
  OptimizerRecipe recipe;
  recipe.kind = optimizerFromName(run.at("optimizer").get<std::string>()).value();
  recipe.learningRate = run.at("learningRate");
  recipe.momentum = run.value("momentum", 0.0);
  recipe.weightDecay = run.value("weightDecay", 0.0);
  recipe.clipNorm = optionOf<double>(run, "clipNorm");
  return recipe;
}

/// Everything of a run but its results, for messages.
inline std::string titleOf(Json run) {
  run.erase("after10");
  return run.dump();
}

inline double largestOf(const std::vector<double>& values) {
  double largest = 0;
  for (const double value : values) {
    largest = std::max(largest, std::abs(value));
  }
  return largest;
}

/// How far `ours` is from the reference, as a share of its largest number, or of `scale` where that
/// is larger. Infinite where ours is not finite.
template <typename Scalar>
double relativeError(const Scalar* ours, const Json& reference, double scale = 0) {
  const auto values = reference.get<std::vector<double>>();
  double error = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double difference = std::abs(static_cast<double>(ours[i]) - values[i]);
    error = std::isfinite(difference) ? std::max(error, difference)
                                      : std::numeric_limits<double>::infinity();
  }
  return error / std::max(largestOf(values), scale);
}

/// For numbers of float, and of double, against results of float64.
template <typename Scalar>
constexpr double kTolerance = sizeof(Scalar) == 4 ? 1e-6 : 1e-12;

}  // namespace embedscope::training
