// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/race_check.h"

#include "core/base/error.h"
#include "core/training/recipe_check.h"
#include "core/training/row_split.h"

#include <fmt/format.h>

#include <algorithm>

namespace embedscope::training {

namespace {

[[noreturn]] void refuse(const std::string& sentence) {
  throw base::Error(base::ErrorCode::InvalidArgument, sentence);
}

/// The fields that do not matter for its approach put to one value.
Contestant canonical(Contestant contestant) {
  if (contestant.approach != Approach::Random) {
    contestant.dimension = 0;
  }
  if (contestant.approach != Approach::Pretrained) {
    contestant.pretrained.reset();
  }
  contestant.frozen = contestant.frozen && contestant.approach != Approach::OneHot;
  return contestant;
}

void checkNames(const data::Dataset& dataset, const RaceRecipe& recipe) {
  for (const std::string& name : recipe.features) {
    if (std::none_of(dataset.categorical.begin(), dataset.categorical.end(),
                     [&](const auto& column) { return column.name == name; })) {
      refuse(fmt::format("\"{}\" cannot race: it is not one of the categorical columns", name));
    }
  }
  if (dataset.categorical.empty()) {
    refuse("a race needs at least one categorical column");
  }
}

void checkContestants(const RaceRecipe& recipe) {
  const std::vector<Contestant>& contestants = recipe.contestants;
  if (contestants.empty()) {
    refuse("a race needs at least one approach");
  }
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (canonical(contestants[i]) == canonical(contestants[j])) {
        refuse(fmt::format("{} takes part twice", contestantName(contestants[i])));
      }
    }
  }
}

void checkSeeds(const std::vector<std::uint64_t>& seeds) {
  if (seeds.empty()) {
    refuse("a race needs at least one seed");
  }
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    if (std::find(seeds.begin(), seeds.begin() + static_cast<std::ptrdiff_t>(i), seeds[i]) !=
        seeds.begin() + static_cast<std::ptrdiff_t>(i)) {
      refuse(fmt::format("seed {} is there twice: it would count the same runs twice", seeds[i]));
    }
  }
}

}  // namespace

void checkRace(const data::Dataset& dataset, const RaceRecipe& recipe) {
  checkNames(dataset, recipe);
  checkContestants(recipe);
  checkSeeds(recipe.seeds);
  for (std::size_t c = 0; c < recipe.contestants.size(); ++c) {
    checkRecipe(dataset, runRecipe(recipe, c, 0));
  }
  if (validationRowCount(dataset.rows, recipe.base.validationShare) == 0) {
    refuse(fmt::format("a race needs validation rows to judge by: the share {} of {} rows is none",
                       recipe.base.validationShare, dataset.rows));
  }
}

}  // namespace embedscope::training
