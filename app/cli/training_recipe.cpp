// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training_recipe.h"

#include "app/cli/named_values.h"
#include "core/base/text.h"
#include "core/training/size_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace embedscope::cli {

namespace {

/// By fastai's rule, which --help tells.
std::int64_t defaultDimension(std::int64_t categories) {
  const std::vector<training::SizeRule> rules = training::sizeRules(categories);
  const auto rule = std::find_if(rules.begin(), rules.end(), [](const training::SizeRule& each) {
    return each.name == "fastai";
  });
  return rule == rules.end() ? 2 : rule->dimension;
}

double defaultLearningRate(training::OptimizerKind kind) {
  const bool plain =
      kind == training::OptimizerKind::Sgd || kind == training::OptimizerKind::Adagrad;
  return plain ? 0.01 : 0.001;
}

/// The value behind a name; a name that there is not is refused with those that there are.
template <typename Value>
Value chosen(const std::optional<Value>& value, std::string_view what, const std::string& name,
             std::string_view choices) {
  if (!value) {
    refuse(fmt::format("there is no {} \"{}\"; choose {}", what, name, choices));
  }
  return *value;
}

training::Approach approachNamed(const std::string& name) {
  return chosen(training::approachFromName(name), "approach", name,
                "one-hot, identity, random or pretrained");
}

training::Initialization initializationNamed(const std::string& name) {
  std::optional<training::Initialization> value = training::initializationFromName(name);
  if (value == training::Initialization::FromTable) {
    value.reset();  // that is --pretrained
  }
  return chosen(value, "initialization", name,
                "normal, truncated-normal, uniform, xavier, identity or permuted-identity");
}

/// The row of a category, by its label or else by its number.
std::int64_t rowOf(const data::CategoricalColumn& column, const std::string& text,
                   std::string_view option) {
  if (const std::optional<std::int64_t> row = column.vocabulary.find(text)) {
    return *row;
  }
  const std::optional<std::int64_t> number = base::parseInteger(text);
  if (!number) {
    refuse(fmt::format("{}: column \"{}\" has no category \"{}\"", option, column.name, text));
  }
  const std::int64_t rows = column.vocabulary.size();
  if (*number < -rows || *number >= rows) {
    refuse(fmt::format("{}: column \"{}\" has {} rows and no row {}", option, column.name,
                       base::groupedDigits(rows), *number));
  }
  return *number;
}

/// The features of a recipe while options are set on them.
struct Features {
  std::vector<training::FeatureRecipe>& features;
  std::vector<std::string> names;

  template <typename Set>
  void set(const std::vector<NamedValue>& values, const Set& set) {
    setEach(features, values, set);
  }

  template <typename Set>
  void setAt(const std::vector<std::size_t>& places, const Set& set) {
    for (const std::size_t place : places) {
      set(features[place]);
    }
  }
};

void setStarts(const TrainingOptions& options, const TableLoader& load, Features& features) {
  using Feature = training::FeatureRecipe;
  const std::vector<std::string>& names = features.names;
  features.set(
      namedValues(options.approaches, names, "--approach"),
      [](Feature& feature, const std::string& name) { feature.approach = approachNamed(name); });
  features.set(namedValues(options.initializations, names, "--initialization"),
               [](Feature& feature, const std::string& name) {
                 feature.initialization = initializationNamed(name);
               });
  features.set(namedValues(options.dimensions, names, "--dim"),
               [](Feature& feature, const std::string& value) {
                 feature.dimension = wholeNumber(value, "--dim");
               });
  features.set(namedTexts(options.pretrained, names, "--pretrained"),
               [&](Feature& feature, const std::string& path) {
                 feature.approach = training::Approach::Pretrained;
                 feature.pretrained = load(path);
               });
}

void setLookups(const TrainingOptions& options, const data::Dataset& dataset, Features& features) {
  using Feature = training::FeatureRecipe;
  const std::vector<std::string>& names = features.names;
  const auto columnOf = [&](const Feature& feature) -> const data::CategoricalColumn& {
    return dataset.categorical[static_cast<std::size_t>(&feature - features.features.data())];
  };
  features.setAt(namedColumns(options.frozen, names, "--frozen"),
                 [](Feature& feature) { feature.frozen = true; });
  features.set(namedTexts(options.frozenRows, names, "--frozen-row"),
               [&](Feature& feature, const std::string& text) {
                 feature.frozenRows.push_back(
                     static_cast<std::int32_t>(rowOf(columnOf(feature), text, "--frozen-row")));
               });
  features.set(namedTexts(options.padding, names, "--padding"),
               [&](Feature& feature, const std::string& text) {
                 feature.paddingRow = rowOf(columnOf(feature), text, "--padding");
               });
  features.set(namedValues(options.maxNorms, names, "--max-norm"),
               [](Feature& feature, const std::string& value) {
                 feature.maxNorm = decimalNumber(value, "--max-norm");
               });
  features.set(namedValues(options.normTypes, names, "--norm-type"),
               [](Feature& feature, const std::string& value) {
                 feature.normType = decimalNumber(value, "--norm-type");
               });
  features.setAt(namedColumns(options.scaleByFrequency, names, "--scale-grad-by-freq"),
                 [](Feature& feature) { feature.scaleGradientByFrequency = true; });
  features.set(namedValues(options.unseen, names, "--unseen"),
               [](Feature& feature, const std::string& name) {
                 feature.unseen = chosen(training::unseenRuleFromName(name), "rule --unseen", name,
                                         "own-row or mean-of-known");
               });
}

void setDenseOneHots(Features& features) {
  bool any = false;
  for (training::FeatureRecipe& feature : features.features) {
    feature.denseOneHot = training::isOneHotInput(feature);
    any = any || feature.denseOneHot;
  }
  if (!any) {
    refuse("--dense-one-hot: no column is one-hot; add --approach one-hot");
  }
}

void setLoss(const TrainingOptions& options, training::TrainingRecipe& recipe) {
  if (!options.loss.empty()) {
    recipe.loss = chosen(training::lossFromName(options.loss), "loss", options.loss,
                         "squared-error, huber, cross-entropy or binary-cross-entropy");
  }
  if (options.huberDelta && recipe.loss != training::LossKind::Huber) {
    refuse("--huber-delta is for --loss huber");
  }
  recipe.huberDelta = options.huberDelta.value_or(recipe.huberDelta);
}

}  // namespace

training::OptimizerRecipe optimizerOf(const TrainingOptions& options) {
  training::OptimizerRecipe optimizer;
  optimizer.kind = chosen(training::optimizerFromName(options.optimizer), "optimizer",
                          options.optimizer, "sgd, adagrad, adam, adamw or sparse-adam");
  optimizer.learningRate = options.learningRate.value_or(defaultLearningRate(optimizer.kind));
  optimizer.momentum = options.momentum;
  optimizer.weightDecay = options.weightDecay;
  optimizer.schedule = chosen(training::scheduleFromName(options.schedule), "schedule",
                              options.schedule, "constant, cosine or one-cycle");
  optimizer.clipNorm = options.clip;
  return optimizer;
}

training::TrainingRecipe recipeOf(const TrainingOptions& options, const data::Dataset& dataset,
                                  const TableLoader& load) {
  training::TrainingRecipe recipe;
  Features features{recipe.features, {}};
  for (const data::CategoricalColumn& column : dataset.categorical) {
    training::FeatureRecipe feature;
    feature.name = column.name;
    feature.dimension = defaultDimension(column.vocabulary.size());
    recipe.features.push_back(std::move(feature));
    features.names.push_back(column.name);
  }
  setStarts(options, load, features);
  setLookups(options, dataset, features);
  if (options.denseOneHot) {
    setDenseOneHots(features);
  }
  recipe.hidden = options.hidden;
  std::erase(recipe.hidden, 0);
  recipe.dropout = options.dropout;
  setLoss(options, recipe);
  recipe.optimizer = optimizerOf(options);
  recipe.batchSize = options.batch;
  recipe.epochs = options.epochs;
  recipe.validationShare = options.validation;
  recipe.patience = options.patience;
  recipe.seed = options.seed;
  return recipe;
}

}  // namespace embedscope::cli
