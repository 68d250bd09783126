// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_loading.h"
#include "app/cli/output.h"
#include "app/cli/staging_folder.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "app/cli/train_options.h"
#include "app/cli/train_report.h"
#include "app/cli/training_recipe.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/formats/table_io.h"
#include "core/training/trainer.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <set>

namespace embedscope::cli {

namespace {

/// Shares of the progress that reading and training take.
constexpr double kReadShare = 0.1;
constexpr double kTrainShare = 0.98;

formats::FormatId writtenFormat(const std::string& name) {
  const formats::FormatId format = formatNamed(name);
  if (!formats::formatInfo(format).writes) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "--format: " + name + " can be read but not written");
  }
  return format;
}

void trainToTheEnd(training::Trainer& trainer, const Globals& globals) {
  const base::TaskContext context = globals.context.part(kReadShare, kTrainShare);
  const std::int64_t total = trainer.totalSteps();
  const std::int64_t chunk = std::max<std::int64_t>(total / 1000, 1);
  while (trainer.state() == training::RunState::Ready) {
    trainer.runUntil(trainer.step() + chunk, context.stopToken());
    if (context.stopRequested()) {
      throw Interrupted();
    }
    context.report(static_cast<double>(trainer.step()) / static_cast<double>(total));
  }
  if (trainer.state() == training::RunState::Diverged) {
    throw base::Error(base::ErrorCode::NonFinite, trainer.divergence());
  }
}

/// A feature's name as a file name: no separators, not hidden, none used before.
std::string fileStem(const std::string& feature, std::set<std::string>& used) {
  std::string stem = feature.empty() ? "feature" : feature;
  for (char& c : stem) {
    const bool control = static_cast<unsigned char>(c) < 0x20;
    c = control || c == '/' || c == '\\' ? '_' : c;
  }
  if (stem.front() == '.') {
    stem.front() = '_';
  }
  std::string unique = stem;
  for (int number = 2; !used.insert(unique).second; ++number) {
    unique = stem + "-" + std::to_string(number);
  }
  return unique;
}

void warnOfLosses(const table::EmbeddingTable& table, const std::string& name,
                  formats::FormatId format, const Globals& globals) {
  for (const std::string& loss : formats::writeLosses(table, format)) {
    tell("warning", name + ": " + loss, globals);
  }
}

void writeText(const std::filesystem::path& path, const std::string& text) {
  base::AtomicFile file(path);
  file.write(text);
  file.commit();
}

/// Writes every table, run.json and split.csv so that they appear together.
/// @return the text of run.json.
std::string writeResults(const TrainRun& trainRun, formats::FormatId format, const Globals& globals,
                         std::vector<WrittenTable>& tables) {
  const training::Trainer& trainer = trainRun.trainer;
  const std::filesystem::path folder = std::filesystem::absolute(trainRun.options.output);
  StagingFolder staging(folder);
  std::set<std::string> used;
  formats::WriteOptions writing;
  if (trainRun.options.manifest) {
    writing.manifest = {.source = trainRun.options.data.string(),
                        .recipe = trainRecipe(trainRun),
                        .seed = trainer.recipe().seed};
  }
  for (std::size_t f = 0; f < trainer.recipe().features.size(); ++f) {
    const std::string name = fileStem(trainer.recipe().features[f].name, used) +
                             std::string(formats::formatInfo(format).extension);
    const table::TablePtr table = trainer.table(f);
    warnOfLosses(*table, name, format, globals);
    const base::TaskContext stopOnly(globals.context.stopToken(), {});
    if (formats::writeTable(*table, staging.path() / name, format, stopOnly, writing).empty()) {
      throw Interrupted();
    }
    tables.push_back({f, folder / name});
  }
  std::string json = trainJson(trainRun, tables);
  writeText(staging.path() / "run.json", json);
  if (trainRun.options.writeSplit) {
    writeText(staging.path() / "split.csv", splitText(trainer));
  }
  if (globals.context.stopRequested()) {
    throw Interrupted();
  }
  staging.commit();
  return json;
}

void run(const TrainOptions& options, const Globals& globals) {
  const formats::FormatId format = writtenFormat(options.format);
  const auto [selection, dataset] = loadTrainingData(options, globals, kReadShare);
  const training::TrainingRecipe recipe =
      recipeOf(options, *dataset, [&](const std::filesystem::path& path) {
        return loadTable(path, TableOptions{}, globals).table;
      });
  training::Trainer trainer(dataset, recipe);
  trainToTheEnd(trainer, globals);
  std::vector<WrittenTable> tables;
  const TrainRun trainRun{options, selection, trainer, trainer.cautions()};
  for (const training::Caution& caution : trainRun.cautions) {
    tell("warning", caution.text, globals);
  }
  const std::string json = writeResults(trainRun, format, globals, tables);
  globals.context.report(1);
  print(options.json ? json : trainSummary(trainRun, tables));
}

}  // namespace

void addTrain(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* command = app.add_subcommand(
      "train", "Train a model on a data file and write the embedding table of each column");
  options->addTo(*command);
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
