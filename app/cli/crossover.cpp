// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/crossover.h"
#include "app/cli/output.h"
#include "app/cli/race_options.h"
#include "app/cli/race_report.h"
#include "app/cli/subcommand.h"
#include "app/cli/training_recipe.h"
#include "core/base/error.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>

namespace embedscope::cli {

namespace {

using Axis = training::CrossoverRecipe::Axis;

/// Share of the progress that reading takes.
constexpr double kReadShare = 0.05;

/// Options that only say something about the columns of a data file.
constexpr std::array kDataOptions = {
    "--target",     "--categorical", "--numeric", "--no-numeric",    "--rare-below",
    "--vocabulary", "--unknown",     "--dim",     "--approach",      "--pretrained",
    "--frozen",     "--frozen-row",  "--padding", "--dense-one-hot", "--scale-grad-by-freq",
    "--column"};

/// Generated data is small, so its batches are small and its epochs many.
constexpr std::int64_t kGeneratedBatch = 64;
constexpr std::int64_t kGeneratedEpochs = 2000;
constexpr std::int64_t kGeneratedPatience = 50;
constexpr double kGeneratedRate = 0.01;

/// Tables start small on generated data: numbers from N(0, 1) are large beside what a few rows can
/// teach a table, and hide the crossover.
constexpr const char* kGeneratedStart = "uniform";

struct CrossoverOptions {
  TrainingOptions training = raceTrainingDefaults();
  std::vector<std::string> columns;
  std::string axis;
  std::vector<std::int64_t> values;
  std::string baseline = "one-hot";
  std::string challenger = "random";
  std::int64_t dimension = 0;
  std::int64_t seeds = 5;
  data::GeneratedSpec generated{
      .kind = data::GeneratedKind::LatentFactors, .categories = 32, .rowsPerCategory = 20};
  bool json = false;

  void addTo(CLI::App& command);

  /// Puts in what generated data needs where nothing was typed.
  void completeForGenerated(const CLI::App& command);

 private:
  void addGeneratedTo(CLI::App& command);
};

void CrossoverOptions::addTo(CLI::App& command) {
  training.addDataTo(command);
  training.addFeaturesTo(command);
  training.addTrainingTo(command);
  CLI::Option* data = command.get_option("DATA")->required(false);
  command
      .add_option("--column", columns,
                  "Columns whose approach is compared; otherwise all columns of categories")
      ->type_name("A,B")
      ->allow_extra_args(false);
  for (const char* option : kDataOptions) {
    command.get_option(option)->required(false)->needs(data);
  }
  command
      .add_option("--axis", axis,
                  "What varies: categories or rows-per-category of generated data, or the "
                  "dimension of an embedding on DATA")
      ->type_name("NAME")
      ->required();
  command.add_option("--values", values, "Its values, rising, at least two")
      ->delimiter(',')
      ->type_name("N,N")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--baseline", baseline, "Approach that is to be beaten")
      ->capture_default_str()
      ->type_name("NAME");
  command.add_option("--challenger", challenger, "Approach that is to beat it")
      ->capture_default_str()
      ->type_name("NAME");
  addGeneratedTo(command);
  command.add_option("--seeds", seeds, "How many seeds, counted up from --seed")
      ->capture_default_str()
      ->type_name("N");
  command.add_flag("--json", json, "Print one JSON object instead of a table");
  command.get_option("--seed")->description("The first seed; each has a split of its own");
  command.get_option("--batch")->description("Rows per optimizer step; 64 on generated data");
  command.get_option("--epochs")
      ->description("Passes over the training rows at most; 2,000 on generated data");
  command.get_option("--patience")
      ->description(
          "A run ends after so many epochs without a lower validation loss; 50 on "
          "generated data");
  command.get_option("--learning-rate")
      ->description(
          "Otherwise 0.001 for the kinds of adam, 0.01 for the others and on generated data");
  command.get_option("--initialization")
      ->description("How random tables start, as for train; uniform on generated data");
}

void CrossoverOptions::addGeneratedTo(CLI::App& command) {
  CLI::Option* data = command.get_option("DATA");
  command
      .add_option("--dimension", dimension,
                  "Size of the random embedding on generated data; otherwise the rank")
      ->type_name("D")
      ->excludes(data);
  command.add_option("--rank", generated.latentRank, "Rank hidden in the generated data")
      ->capture_default_str()
      ->type_name("R")
      ->excludes(data);
  command.add_option("--categories", generated.categories, "Of the generated data")
      ->capture_default_str()
      ->type_name("N")
      ->excludes(data);
  command
      .add_option("--rows", generated.rowsPerCategory, "Rows per category of the generated data")
      ->capture_default_str()
      ->type_name("N")
      ->excludes(data);
  command
      .add_option("--noise", generated.noise,
                  "Standard deviation of the noise on the generated target")
      ->capture_default_str()
      ->type_name("S")
      ->excludes(data);
}

void CrossoverOptions::completeForGenerated(const CLI::App& command) {
  if (command.count("--batch") == 0) {
    training.batch = kGeneratedBatch;
  }
  if (command.count("--epochs") == 0) {
    training.epochs = kGeneratedEpochs;
  }
  if (command.count("--patience") == 0) {
    training.patience = kGeneratedPatience;
  }
  training.learningRate = training.learningRate.value_or(kGeneratedRate);
  if (training.initializations.empty()) {
    training.initializations = {kGeneratedStart};
  }
}

Axis axisOf(const CrossoverOptions& options) {
  for (const Axis axis : {Axis::Categories, Axis::RowsPerCategory, Axis::Dimension}) {
    if (axisName(axis) == options.axis) {
      const bool needsData = axis == Axis::Dimension;
      if (needsData == options.training.data.empty()) {
        throw base::Error(
            base::ErrorCode::InvalidArgument,
            needsData
                ? "--axis dimension needs a data file and its --target"
                : fmt::format("--axis {} measures generated data, not a data file", options.axis));
      }
      return axis;
    }
  }
  throw base::Error(base::ErrorCode::InvalidArgument,
                    fmt::format("there is no axis \"{}\"; choose categories, rows-per-category or "
                                "dimension",
                                options.axis));
}

training::CrossoverRecipe crossoverOf(const CrossoverOptions& options, const Globals& globals) {
  training::CrossoverRecipe recipe;
  recipe.axis = axisOf(options);
  recipe.values = options.values;
  recipe.seeds = seedsFrom(options.training.seed, options.seeds);
  recipe.generated = options.generated;
  const std::int64_t dimension =
      options.dimension > 0 ? options.dimension : options.generated.latentRank;
  recipe.baseline = contestantNamed(options.baseline, dimension);
  recipe.challenger = contestantNamed(options.challenger, dimension);
  if (recipe.axis == Axis::Dimension) {
    RaceData data = loadRaceData(options.training, options.columns, globals, kReadShare);
    recipe.dataset = data.dataset;
    recipe.base = data.base;
    recipe.features = data.features;
  } else {
    data::Dataset oneColumn;  // its recipe holds the options that every generated column takes
    oneColumn.categorical.resize(1);
    recipe.base = recipeOf(options.training, oneColumn, {});
  }
  return recipe;
}

void run(const CrossoverOptions& options, const Globals& globals) {
  const training::CrossoverRecipe recipe = crossoverOf(options, globals);
  const std::optional<training::CrossoverResult> result =
      training::measureCrossover(recipe, globals.context.part(kReadShare, 1));
  if (!result) {
    throw Interrupted();
  }
  if (std::all_of(
          result->points.begin(), result->points.end(),
          [](const training::CrossoverPoint& point) { return point.difference.pairs == 0; })) {
    throw base::Error(base::ErrorCode::NonFinite, result->sentence);
  }
  print(options.json ? crossoverJson(*result) : crossoverSummary(*result));
}

}  // namespace

void addCrossover(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<CrossoverOptions>();
  CLI::App* command = app.add_subcommand(
      "crossover",
      "Measure from where on an embedding pays: over the number of categories, the "
      "rows for each, or its size");
  options->addTo(*command);
  command->callback([options, command, &globals] {
    if (options->training.data.empty()) {
      options->completeForGenerated(*command);
    }
    run(*options, globals);
  });
}

}  // namespace embedscope::cli
