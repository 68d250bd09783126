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

constexpr Names<Initialization, 7> kInitializations = {
    {{Initialization::Identity, "identity"},
     {Initialization::Normal, "normal"},
     {Initialization::Uniform, "uniform"},
     {Initialization::FromTable, "from-table"},
     {Initialization::PermutedIdentity, "permuted-identity"},
     {Initialization::TruncatedNormal, "truncated-normal"},
     {Initialization::Xavier, "xavier"}}};

constexpr Names<OptimizerKind, 5> kOptimizers = {{{OptimizerKind::Sgd, "sgd"},
                                                  {OptimizerKind::Adagrad, "adagrad"},
                                                  {OptimizerKind::Adam, "adam"},
                                                  {OptimizerKind::AdamW, "adamw"},
                                                  {OptimizerKind::SparseAdam, "sparse-adam"}}};

constexpr Names<Schedule, 3> kSchedules = {{{Schedule::Constant, "constant"},
                                            {Schedule::Cosine, "cosine"},
                                            {Schedule::OneCycle, "one-cycle"}}};

constexpr Names<UnseenRule, 2> kUnseenRules = {
    {{UnseenRule::OwnRow, "own-row"}, {UnseenRule::MeanOfKnown, "mean-of-known"}}};

constexpr Names<LossKind, 4> kLosses = {{{LossKind::SquaredError, "squared-error"},
                                         {LossKind::Huber, "huber"},
                                         {LossKind::CrossEntropy, "cross-entropy"},
                                         {LossKind::BinaryCrossEntropy, "binary-cross-entropy"}}};

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

std::string_view scheduleName(Schedule schedule) {
  return nameIn(kSchedules, schedule);
}

std::optional<Schedule> scheduleFromName(std::string_view name) {
  return valueIn(kSchedules, name);
}

std::string_view unseenRuleName(UnseenRule rule) {
  return nameIn(kUnseenRules, rule);
}

std::optional<UnseenRule> unseenRuleFromName(std::string_view name) {
  return valueIn(kUnseenRules, name);
}

std::string_view lossName(LossKind loss) {
  return nameIn(kLosses, loss);
}

std::optional<LossKind> lossFromName(std::string_view name) {
  return valueIn(kLosses, name);
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
