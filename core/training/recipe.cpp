// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/recipe.h"

#include <array>
#include <utility>

namespace embedscope::training {

namespace {

template <typename Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

constexpr Names<Approach, 4> kApproaches = {{{Approach::OneHot, "one-hot"},
                                             {Approach::Identity, "identity"},
                                             {Approach::Random, "random"},
                                             {Approach::Pretrained, "pretrained"}}};

constexpr Names<Initialization, 4> kInitializations = {{{Initialization::Identity, "identity"},
                                                        {Initialization::Normal, "normal"},
                                                        {Initialization::Uniform, "uniform"},
                                                        {Initialization::FromTable, "from-table"}}};

constexpr Names<OptimizerKind, 3> kOptimizers = {{{OptimizerKind::Sgd, "sgd"},
                                                  {OptimizerKind::Adagrad, "adagrad"},
                                                  {OptimizerKind::Adam, "adam"}}};

template <typename Value, std::size_t size>
std::string_view nameIn(const Names<Value, size>& names, Value value) {
  for (const auto& [known, name] : names) {
    if (known == value) {
      return name;
    }
  }
  return {};
}

template <typename Value, std::size_t size>
std::optional<Value> valueIn(const Names<Value, size>& names, std::string_view wanted) {
  for (const auto& [value, name] : names) {
    if (name == wanted) {
      return value;
    }
  }
  return {};
}

}  // namespace

std::string_view approachName(Approach approach) {
  return nameIn(kApproaches, approach);
}

std::optional<Approach> approachFromName(std::string_view name) {
  return valueIn(kApproaches, name);
}

std::string_view initializationName(Initialization initialization) {
  return nameIn(kInitializations, initialization);
}

std::optional<Initialization> initializationFromName(std::string_view name) {
  return valueIn(kInitializations, name);
}

std::string_view optimizerName(OptimizerKind optimizer) {
  return nameIn(kOptimizers, optimizer);
}

std::optional<OptimizerKind> optimizerFromName(std::string_view name) {
  return valueIn(kOptimizers, name);
}

std::int64_t tableDimension(const FeatureRecipe& feature, std::int64_t categories) {
  if (feature.approach == Approach::OneHot || feature.approach == Approach::Identity) {
    return categories;
  }
  if (startsFromTable(feature) && feature.pretrained) {
    return feature.pretrained->dimension();
  }
  return feature.dimension;
}

Initialization tableInitialization(const FeatureRecipe& feature) {
  switch (feature.approach) {
    case Approach::OneHot:
    case Approach::Identity:
      return Initialization::Identity;
    case Approach::Pretrained:
      return Initialization::FromTable;
    case Approach::Random:
      break;
  }
  return feature.initialization;
}

bool startsFromTable(const FeatureRecipe& feature) {
  return tableInitialization(feature) == Initialization::FromTable;
}

bool isOneHotInput(const FeatureRecipe& feature) {
  return feature.approach == Approach::OneHot ||
         (feature.approach == Approach::Identity && feature.frozen);
}

}  // namespace embedscope::training
