// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/race_options.h"
#include "app/cli/race_report.h"
#include "app/cli/subcommand.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace embedscope::cli {

namespace {

/// Share of the progress that reading takes.
constexpr double kReadShare = 0.05;

struct CompareOptions {
  TrainingOptions training = raceTrainingDefaults();
  std::vector<std::string> columns;
  std::vector<std::string> approaches = {"one-hot", "identity", "random"};
  std::vector<std::int64_t> dimensions;
  std::int64_t seeds = 5;
  bool json = false;

  void addTo(CLI::App& command);
};

void CompareOptions::addTo(CLI::App& command) {
  training.addDataTo(command);
  training.addFeaturesTo(command);
  training.addTrainingTo(command);
  command
      .add_option("--column", columns,
                  "Columns whose approach is compared; otherwise all columns of categories")
      ->type_name("A,B")
      ->allow_extra_args(false);
  command
      .add_option("--approaches", approaches,
                  "From one-hot, identity, identity-frozen, random, random-frozen, pretrained, "
                  "pretrained-frozen")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("NAMES")
      ->allow_extra_args(false);
  command
      .add_option("--dims", dimensions,
                  "Sizes of the random embeddings; otherwise those of 1, 2, 4 and 8 that are below "
                  "the number of categories")
      ->delimiter(',')
      ->type_name("SIZES")
      ->allow_extra_args(false);
  command.add_option("--seeds", seeds, "How many seeds, counted up from --seed")
      ->capture_default_str()
      ->type_name("N");
  command.add_flag("--json", json, "Print one JSON object instead of a table");
  command.get_option("--seed")->description("The first seed; each has a split of its own");
  command.get_option("--approach")
      ->description("How columns that do not race enter the model; random by default");
}

/// 1, 2, 4, 8 below the largest number of categories that races; 1 at least.
std::vector<std::int64_t> defaultDimensions(const RaceData& data) {
  std::int64_t most = 0;
  for (const data::CategoricalColumn& column : data.dataset->categorical) {
    if (data.features.empty() ||
        std::find(data.features.begin(), data.features.end(), column.name) != data.features.end()) {
      most = std::max(most, column.vocabulary.size());
    }
  }
  std::vector<std::int64_t> dimensions = {1};
  for (const std::int64_t dimension : {2, 4, 8}) {
    if (dimension < most) {
      dimensions.push_back(dimension);
    }
  }
  return dimensions;
}

training::RaceRecipe raceOf(const CompareOptions& options, const RaceData& data) {
  training::RaceRecipe race;
  race.base = data.base;
  race.features = data.features;
  race.seeds = seedsFrom(options.training.seed, options.seeds);
  const std::vector<std::int64_t> dimensions =
      options.dimensions.empty() ? defaultDimensions(data) : options.dimensions;
  for (const std::string& name : options.approaches) {
    const training::Contestant contestant = contestantNamed(name, dimensions.front());
    if (contestant.approach != training::Approach::Random) {
      race.contestants.push_back(contestant);
      continue;
    }
    for (const std::int64_t dimension : dimensions) {
      race.contestants.push_back(contestantNamed(name, dimension));
    }
  }
  return race;
}

void run(const CompareOptions& options, const Globals& globals) {
  const RaceData data = loadRaceData(options.training, options.columns, globals, kReadShare);
  const std::optional<training::RaceResult> result =
      training::runRace(data.dataset, raceOf(options, data), globals.context.part(kReadShare, 1));
  if (!result) {
    throw Interrupted();
  }
  if (std::all_of(result->runs.begin(), result->runs.end(), [](const training::RaceRun& each) {
        return each.state == training::RunState::Diverged;
      })) {
    throw base::Error(base::ErrorCode::NonFinite, result->verdict);
  }
  print(options.json ? raceJson(options.training, data, *result) : raceSummary(data, *result));
}

}  // namespace

void addCompare(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* command = app.add_subcommand(
      "compare", "Race approaches to categorical columns over several seeds and judge them");
  options->addTo(*command);
  command->callback([options, &globals] { run(*options, globals); });
}

}  // namespace embedscope::cli
