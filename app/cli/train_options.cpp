// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_options.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/training/size_rules.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>

namespace embedscope::cli {

namespace {

/// A column of more labels than this is more likely an identifier or free text.
constexpr std::int64_t kMostDefaultCategories = 1000;

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

std::vector<std::string> splitAtCommas(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t comma = text.find(','); comma != std::string::npos;
       comma = text.find(',', begin)) {
    parts.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

/// "a,b" given once or several times; a text that is itself a name stays whole.
template <typename IsName>
std::vector<std::string> nameList(const std::vector<std::string>& given, const IsName& isName) {
  std::vector<std::string> names;
  for (const std::string& text : given) {
    const std::vector<std::string> parts =
        isName(text) ? std::vector<std::string>{text} : splitAtCommas(text);
    for (const std::string& part : parts) {
      if (!isName(part)) {
        refuse(fmt::format("there is no column \"{}\" to use here", part));
      }
      if (std::find(names.begin(), names.end(), part) == names.end()) {
        names.push_back(part);
      }
    }
  }
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Columns of one kind that nothing else was said about.
std::vector<std::string> defaultColumns(const data::DataTable& table, data::ColumnKind kind,
                                        const std::vector<std::string>& taken) {
  std::vector<std::string> names;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    const std::string& name = table.columnName(column);
    if (contains(taken, name)) {
      continue;
    }
    const data::ColumnSummary summary = data::summarize(table, column);
    if (summary.kind == kind && summary.distinct > 0 &&
        (kind == data::ColumnKind::Number || summary.distinct <= kMostDefaultCategories)) {
      names.push_back(name);
    }
  }
  return names;
}

/// By fastai's rule, which --help tells.
std::int64_t defaultDimension(std::int64_t categories) {
  const std::vector<training::SizeRule> rules = training::sizeRules(categories);
  const auto rule = std::find_if(rules.begin(), rules.end(), [](const training::SizeRule& each) {
    return each.name == "fastai";
  });
  return rule == rules.end() ? 2 : rule->dimension;
}

double defaultLearningRate(training::OptimizerKind kind) {
  return kind == training::OptimizerKind::Adam ? 0.001 : 0.01;
}

training::FeatureRecipe& featureNamed(training::TrainingRecipe& recipe, std::string_view name,
                                      std::string_view option) {
  for (training::FeatureRecipe& feature : recipe.features) {
    if (feature.name == name) {
      return feature;
    }
  }
  refuse(fmt::format("{}: \"{}\" is not one of the categorical columns", option, name));
}

/// "name=value": the feature and the value. A name may hold "=" itself.
struct Assignment {
  training::FeatureRecipe& feature;
  std::string value;
};

Assignment assignmentIn(training::TrainingRecipe& recipe, const std::string& text,
                        std::string_view option) {
  for (training::FeatureRecipe& feature : recipe.features) {
    if (text.starts_with(feature.name + "=")) {
      return {feature, text.substr(feature.name.size() + 1)};
    }
  }
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    refuse(fmt::format("{} takes COLUMN=VALUE, not \"{}\"", option, text));
  }
  return {featureNamed(recipe, text.substr(0, equals), option), text.substr(equals + 1)};
}

void setDimensions(const TrainOptions& options, training::TrainingRecipe& recipe) {
  for (const std::string& given : options.dimensions) {
    for (const std::string& text : splitAtCommas(given)) {
      const Assignment assignment = assignmentIn(recipe, text, "--dim");
      const std::optional<std::int64_t> dimension = base::parseInteger(assignment.value);
      if (!dimension) {
        refuse(fmt::format("--dim {}: \"{}\" is not a whole number", text, assignment.value));
      }
      assignment.feature.dimension = *dimension;
    }
  }
}

void setOptimizer(const TrainOptions& options, training::TrainingRecipe& recipe) {
  const auto kind = training::optimizerFromName(options.optimizer);
  if (!kind) {
    refuse(fmt::format("there is no optimizer \"{}\"; choose sgd, adagrad or adam",
                       options.optimizer));
  }
  recipe.optimizer = {*kind, options.learningRate.value_or(defaultLearningRate(*kind)),
                      options.momentum};
}

}  // namespace

void TrainOptions::addTo(CLI::App& command) {
  command.add_option("DATA", data, "Delimited text with a header (CSV, TSV, …)")->required();
  command
      .add_option("--target", target,
                  "Column to predict: numbers make a regression, labels a classification")
      ->type_name("COLUMN")
      ->required();
  command
      .add_option("--categorical", categorical,
                  "Columns of categories, separated by commas; otherwise every column of labels "
                  "with at most 1,000 different values")
      ->type_name("A,B")
      ->allow_extra_args(false);
  CLI::Option* numericOption = command
                                   .add_option("--numeric", numeric,
                                               "Columns of numbers, separated by commas; "
                                               "otherwise every column of numbers not used yet")
                                   ->type_name("X,Y")
                                   ->allow_extra_args(false);
  command.add_flag("--no-numeric", noNumeric, "Use no columns of numbers")->excludes(numericOption);
  command
      .add_option("--dim", dimensions,
                  "Embedding sizes; otherwise min(600, round(1.6 n^0.56)) for n categories")
      ->type_name("A=4,B=2")
      ->allow_extra_args(false);
  command
      .add_option("--approach", approach,
                  "How categories enter the model: one-hot, identity, random or pretrained")
      ->capture_default_str()
      ->type_name("NAME");
  command
      .add_option("--initialization", initialization,
                  "How randomly initialized tables start: normal for N(0, 1), uniform for "
                  "+-0.5/d, or identity")
      ->capture_default_str()
      ->type_name("NAME");
  command
      .add_option("--pretrained", pretrained,
                  "Table to start a column from, by label; makes its approach pretrained")
      ->type_name("A=FILE")
      ->allow_extra_args(false);
  command.add_option("--frozen", frozen, "Columns whose tables keep their numbers")
      ->type_name("A,B")
      ->allow_extra_args(false);
  command.add_option("--optimizer", optimizer, "sgd, adagrad or adam")
      ->capture_default_str()
      ->type_name("NAME");
  command
      .add_option("--learning-rate", learningRate,
                  "Otherwise 0.001 for adam, 0.01 for sgd and adagrad")
      ->type_name("R");
  command.add_option("--momentum", momentum, "For sgd, in [0, 1)")
      ->capture_default_str()
      ->type_name("M");
  command.add_option("--epochs", epochs, "Passes over the training rows")
      ->capture_default_str()
      ->type_name("E");
  command.add_option("--batch", batch, "Rows per optimizer step")
      ->capture_default_str()
      ->type_name("B");
  command
      .add_option("--hidden", hidden,
                  "Widths of the hidden layers, separated by commas; 0 for none")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("WIDTHS")
      ->allow_extra_args(false);
  command.add_option("--validation", validation, "Share of rows that only judge, in [0, 1)")
      ->capture_default_str()
      ->type_name("S");
  command.add_option("--seed", seed, "Same seed, same data, same bits")
      ->capture_default_str()
      ->type_name("N");
  command
      .add_option("-o,--output", output, "Folder for one table per categorical column and run.json")
      ->type_name("DIR")
      ->required();
  command
      .add_option("--format", format, "Format of the tables, as the subcommand formats lists them")
      ->capture_default_str()
      ->type_name("NAME");
  command.add_flag("--json", json, "Print run.json instead of a summary");
}

data::DatasetSelection selectionOf(const TrainOptions& options, const data::DataTable& table) {
  const auto isColumn = [&](const std::string& name) { return table.findColumn(name).has_value(); };
  if (!isColumn(options.target)) {
    refuse(fmt::format("--target: there is no column \"{}\"", options.target));
  }
  std::vector<std::string> categorical = nameList(options.categorical, isColumn);
  std::vector<std::string> numeric = nameList(options.numeric, isColumn);
  std::vector<std::string> taken = {options.target};
  taken.insert(taken.end(), categorical.begin(), categorical.end());
  taken.insert(taken.end(), numeric.begin(), numeric.end());
  if (options.categorical.empty()) {
    categorical = defaultColumns(table, data::ColumnKind::Labels, taken);
  }
  if (options.numeric.empty() && !options.noNumeric) {
    numeric = defaultColumns(table, data::ColumnKind::Number, taken);
  }
  data::DatasetSelection selection;
  selection.target = options.target;
  for (const std::string& name : categorical) {
    selection.categorical.push_back({name, {}});
  }
  selection.numeric = numeric;
  return selection;
}

training::TrainingRecipe recipeOf(const TrainOptions& options, const data::Dataset& dataset,
                                  const TableLoader& load) {
  const auto approach = training::approachFromName(options.approach);
  if (!approach) {
    refuse(
        fmt::format("there is no approach \"{}\"; choose one-hot, identity, random or pretrained",
                    options.approach));
  }
  const auto initialization = training::initializationFromName(options.initialization);
  if (!initialization || *initialization == training::Initialization::FromTable) {
    refuse(fmt::format("there is no initialization \"{}\"; choose normal, uniform or identity",
                       options.initialization));
  }
  training::TrainingRecipe recipe;
  for (const data::CategoricalColumn& column : dataset.categorical) {
    training::FeatureRecipe feature;
    feature.name = column.name;
    feature.dimension = defaultDimension(column.vocabulary.size());
    feature.approach = *approach;
    feature.initialization = *initialization;
    recipe.features.push_back(std::move(feature));
  }
  setDimensions(options, recipe);
  for (const std::string& text : options.pretrained) {
    const Assignment assignment = assignmentIn(recipe, text, "--pretrained");
    assignment.feature.approach = training::Approach::Pretrained;
    assignment.feature.pretrained = load(assignment.value);
  }
  const auto isFeature = [&](const std::string& name) {
    return std::any_of(
        recipe.features.begin(), recipe.features.end(),
        [&](const training::FeatureRecipe& feature) { return feature.name == name; });
  };
  for (const std::string& name : nameList(options.frozen, isFeature)) {
    featureNamed(recipe, name, "--frozen").frozen = true;
  }
  setOptimizer(options, recipe);
  recipe.hidden = options.hidden;
  std::erase(recipe.hidden, 0);
  recipe.batchSize = options.batch;
  recipe.epochs = options.epochs;
  recipe.validationShare = options.validation;
  recipe.seed = options.seed;
  return recipe;
}

}  // namespace embedscope::cli
