// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/race_setup.h"

#include "core/training/race.h"

#include <gmock/gmock.h>

namespace embedscope::document {
namespace {

using testing::HasSubstr;
using training::Approach;

constexpr std::size_t kMost = 28;

class RaceSetups : public testing::Test {
 protected:
  RaceSetups() : table("diamonds", {"carat", "cut", "color", "price"}) {
    table.appendRow({"0.23", "Ideal", "E", "326"});
    table.appendRow({"0.21", "Good", "F", "327"});
    table.appendRow({"0.29", "Ideal", "E", "334"});
    training.target = QStringLiteral("price");
    training.categorical = {QStringLiteral("cut"), QStringLiteral("color")};
    training.numeric = {QStringLiteral("carat")};
    features = {std::make_shared<const Feature>(featureFromColumn(table, 1)),
                std::make_shared<const Feature>(featureFromColumn(table, 2))};
  }

  std::string problem(const RaceSetup& race) {
    const auto plan = planRace(training, race, &table, features, kMost);
    const QString* sentence = std::get_if<QString>(&plan);
    return sentence != nullptr ? sentence->toStdString() : std::string();
  }

  data::DataTable table;
  TrainingSetup training;
  std::vector<FeaturePtr> features;
};

TEST_F(RaceSetups, PlanApproachesSizesAndSeeds) {
  RaceSetup race;
  race.identityFrozen = true;
  race.sizes = {1, 3};
  race.seeds = 3;
  race.patience = 4;
  race.features = {QStringLiteral("color"), QStringLiteral("gone")};
  const auto plan = std::get<RacePlan>(planRace(training, race, &table, features, kMost));
  std::vector<std::string> names;
  for (const training::Contestant& contestant : plan.recipe.contestants) {
    names.push_back(training::contestantName(contestant));
  }
  EXPECT_THAT(names, testing::ElementsAre("one-hot", "identity", "identity, frozen",
                                          "random, d = 1", "random, d = 3"));
  EXPECT_THAT(plan.recipe.seeds, testing::ElementsAre(1, 2, 3));
  EXPECT_THAT(plan.recipe.features, testing::ElementsAre("color"));
  EXPECT_EQ(plan.recipe.base.patience, 4);
  EXPECT_EQ(plan.selection.categorical.size(), 2U);
}

TEST_F(RaceSetups, SayWhatIsMissing) {
  RaceSetup race;
  EXPECT_EQ(problem(race), "");
  race.sizes.clear();
  EXPECT_THAT(problem(race), HasSubstr("sizes"));
  race.random = false;
  EXPECT_EQ(problem(race), "");
  race.oneHot = race.identity = false;
  EXPECT_THAT(problem(race), HasSubstr("Tick at least one"));
  race.pretrainedTuned = true;
  EXPECT_THAT(problem(race), HasSubstr("open table"));
  RaceSetup many;
  for (std::int64_t size = 1; size <= 30; ++size) {
    many.sizes.push_back(size + 100);
  }
  EXPECT_THAT(problem(many), HasSubstr("At most 28"));
  training.recipe.validationShare = 0;
  EXPECT_THAT(problem({}), HasSubstr("validation"));
  training.categorical.clear();
  EXPECT_THAT(problem({}), HasSubstr("categories"));
}

TEST_F(RaceSetups, AContestantInASingleRunIsTheRunOfTheRace) {
  RaceSetup race;
  const auto plan = std::get<RacePlan>(planRace(training, race, &table, features, kMost));
  for (std::size_t i = 0; i < plan.recipe.contestants.size(); ++i) {
    TrainingSetup single = training;
    single.contestant = ChosenContestant{{}, plan.recipe.contestants[i]};
    single.recipe.seed = 2;
    single.recipe.patience = race.patience;
    const auto run = std::get<RunPlan>(planRun(single, &table, features));
    const training::TrainingRecipe raced = training::runRecipe(plan.recipe, i, 1);
    ASSERT_EQ(run.recipe.features.size(), raced.features.size());
    for (std::size_t f = 0; f < raced.features.size(); ++f) {
      EXPECT_EQ(run.recipe.features[f].approach, raced.features[f].approach);
      EXPECT_EQ(run.recipe.features[f].dimension, raced.features[f].dimension);
      EXPECT_EQ(run.recipe.features[f].frozen, raced.features[f].frozen);
      EXPECT_EQ(run.recipe.features[f].initialization, raced.features[f].initialization);
    }
    EXPECT_EQ(run.recipe.seed, raced.seed);
    EXPECT_EQ(run.recipe.patience, raced.patience);
  }
}

TEST_F(RaceSetups, PlanACrossoverOnGeneratedOrOwnData) {
  CrossoverSetup crossover;
  crossover.rank = 3;
  auto plan = std::get<CrossoverPlan>(planCrossover(training, crossover, nullptr, {}));
  EXPECT_EQ(plan.recipe.values, crossover.categoryCounts);
  EXPECT_EQ(plan.recipe.generated.kind, data::GeneratedKind::LatentFactors);
  EXPECT_EQ(plan.recipe.generated.latentRank, 3);
  ASSERT_EQ(plan.recipe.base.features.size(), 1U) << "what every generated column takes";
  EXPECT_EQ(plan.recipe.base.features[0].initialization, training::Initialization::Uniform);
  EXPECT_EQ(plan.recipe.baseline.approach, Approach::OneHot);
  crossover.axis = CrossoverSetup::Axis::Dimension;
  crossover.againstIdentity = true;
  crossover.values() = {2, 5};
  EXPECT_EQ(crossover.sizes, (std::vector<std::int64_t>{2, 5}));
  plan = std::get<CrossoverPlan>(planCrossover(training, crossover, &table, features));
  EXPECT_EQ(plan.recipe.values, crossover.sizes);
  EXPECT_EQ(plan.recipe.base.features.size(), 2U);
  EXPECT_EQ(plan.recipe.baseline.approach, Approach::Identity);
  EXPECT_TRUE(std::holds_alternative<QString>(planCrossover(training, crossover, nullptr, {})));
  crossover.sizes = {2};
  EXPECT_TRUE(
      std::holds_alternative<QString>(planCrossover(training, crossover, &table, features)));
}

}  // namespace
}  // namespace embedscope::document
