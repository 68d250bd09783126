// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/race_options.h"

#include "app/cli/data_loading.h"
#include "app/cli/name_list.h"
#include "app/cli/subcommand.h"
#include "app/cli/table_options.h"
#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace embedscope::cli {

namespace {

constexpr std::string_view kFrozen = "-frozen";
constexpr std::int64_t kMostSeeds = 1000;

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

/// Moves a column that races to the categorical ones.
void takeAsCategorical(const std::string& column, data::DatasetSelection& selection) {
  std::erase(selection.numeric, column);
  if (std::none_of(selection.categorical.begin(), selection.categorical.end(),
                   [&](const auto& each) { return each.column == column; })) {
    selection.categorical.push_back({column, {}});
  }
}

}  // namespace

TrainOptions raceTrainingDefaults() {
  TrainOptions options;
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

RaceData loadRaceData(const TrainOptions& options, const std::vector<std::string>& columns,
                      const Globals& globals, double progressShare) {
  const data::DataTablePtr table = readData(options.data, globals, progressShare);
  data::DatasetSelection selection = selectionOf(options, *table);
  RaceData loaded;
  loaded.features = nameList(
      columns, [&](const std::string& name) { return table->findColumn(name).has_value(); });
  for (const std::string& column : loaded.features) {
    takeAsCategorical(column, selection);
  }
  loaded.dataset = data::makeDataset(*table, selection);
  loaded.base = recipeOf(options, *loaded.dataset, [&](const std::filesystem::path& path) {
    return loadTable(path, TableOptions{}, globals).table;
  });
  return loaded;
}

}  // namespace embedscope::cli
