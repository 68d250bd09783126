// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/race_options.h"

#include "app/cli/data_loading.h"
#include "app/cli/named_values.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "app/cli/training_recipe.h"
#include "core/training/row_split.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

namespace embedscope::cli {

namespace {

constexpr std::string_view kFrozen = "-frozen";
constexpr std::int64_t kMostSeeds = 1000;

}  // namespace

TrainingOptions raceTrainingDefaults() {
  TrainingOptions options;
  options.epochs = 200;
  options.patience = 10;
  return options;
}

training::Contestant contestantNamed(const std::string& name, std::int64_t dimension) {
  const bool frozen = name.ends_with(kFrozen);
  const std::string bare = frozen ? name.substr(0, name.size() - kFrozen.size()) : name;
  const auto approach = training::approachFromName(bare);
  if (!approach || (frozen && *approach == training::Approach::OneHot)) {
    refuse(
        fmt::format("there is no approach \"{}\"; choose from one-hot, identity, "
                    "identity-frozen, random, random-frozen, pretrained, pretrained-frozen",
                    name));
  }
  training::Contestant contestant;
  contestant.approach = *approach;
  contestant.dimension = dimension;
  contestant.frozen = frozen;
  return contestant;
}

std::string approachOptionOf(const training::Contestant& contestant) {
  std::string name(training::approachName(contestant.approach));
  return contestant.frozen ? name.append(kFrozen) : name;
}

std::vector<std::uint64_t> seedsFrom(std::uint64_t first, std::int64_t count) {
  if (count < 1 || count > kMostSeeds) {
    refuse(fmt::format("--seeds {}: must be 1 to {}", count, kMostSeeds));
  }
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
    seeds.push_back(first + i);
  }
  return seeds;
}

RaceData loadRaceData(TrainingOptions options, const std::vector<std::string>& columns,
                      const Globals& globals, double progressShare) {
  options.alsoCategorical = columns;
  RaceData loaded;
  loaded.dataset = loadTrainingData(options, globals, progressShare).dataset;
  std::vector<std::string> names;
  for (const data::CategoricalColumn& column : loaded.dataset->categorical) {
    names.push_back(column.name);
  }
  for (const std::size_t place : namedColumns(columns, names, "--column")) {
    loaded.features.push_back(names[place]);
  }
  loaded.base = recipeOf(options, *loaded.dataset, [&](const std::filesystem::path& path) {
    return loadTable(path, TableOptions{}, globals).table;
  });
  loaded.cautions = training::dataCautions(
      *loaded.dataset, loaded.base,
      training::splitRows(loaded.dataset->rows, loaded.base.validationShare, options.seed));
  for (const training::Caution& caution : loaded.cautions) {
    tell("warning", caution.text, globals);
  }
  return loaded;
}

}  // namespace embedscope::cli
