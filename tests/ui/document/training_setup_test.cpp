// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/training_setup.h"

#include "ui/document/samples.h"

#include <gtest/gtest.h>

namespace embedscope::document {
namespace {

data::DataTable diamonds() {
  data::DataTable table("diamonds", {"carat", "cut", "price"});
  table.appendRow({"0.23", "Ideal", "326"});
  table.appendRow({"0.21", "Very Good", "327"});
  table.appendRow({"0.29", "Ideal", "334"});
  return table;
}

std::vector<data::ColumnSummary> summaries(const data::DataTable& table) {
  std::vector<data::ColumnSummary> out;
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    out.push_back(data::summarize(table, column));
  }
  return out;
}

TEST(TrainingSetup, SuggestsLabelsAndNumbersAroundTheTarget) {
  const data::DataTable table = diamonds();
  const TrainingSetup setup = suggestedSetup(table, summaries(table), {});
  EXPECT_EQ(setup.target, QStringLiteral("price"));
  EXPECT_EQ(setup.categorical, QStringList{QStringLiteral("cut")});
  EXPECT_EQ(setup.numeric, QStringList{QStringLiteral("carat")});
  EXPECT_EQ(suggestedSetup(table, summaries(table), QStringLiteral("cut")).target,
            QStringLiteral("cut"));
}

TEST(TrainingSetup, SuggestsEnoughStepsForSmallAndLargeTables) {
  const auto recipeFor = [](int rows) {
    data::DataTable table("t", {"a", "b"});
    for (int row = 0; row < rows; ++row) {
      table.appendRow({"x", "1"});
    }
    return suggestedSetup(table, summaries(table), {}).recipe;
  };
  EXPECT_EQ(recipeFor(1200).batchSize, 32);
  EXPECT_EQ(recipeFor(1200).epochs, 100);  // 960 training rows, 30 steps an epoch
  EXPECT_EQ(recipeFor(3).epochs, 200);
  EXPECT_EQ(recipeFor(60'000).batchSize, 256);
  EXPECT_EQ(recipeFor(60'000).epochs, 20);
}

TEST(TrainingSetup, SaysWhatIsMissing) {
  const data::DataTable table = diamonds();
  TrainingSetup setup;
  const auto sentence = [&](const data::DataTable* data) {
    return std::get<QString>(planRun(setup, data, {}));
  };
  EXPECT_TRUE(sentence(nullptr).contains(QStringLiteral("no data")));
  EXPECT_TRUE(sentence(&table).contains(QStringLiteral("predict")));
  setup.target = QStringLiteral("price");
  EXPECT_TRUE(sentence(&table).contains(QStringLiteral("at least one")));
  setup.categorical = {QStringLiteral("cut")};
  EXPECT_TRUE(sentence(&table).contains(QStringLiteral("no feature")));
}

TEST(TrainingSetup, FeaturesDecideHowColumnsEnter) {
  const data::DataTable table = diamonds();
  Feature cut = featureFromColumn(table, 1);
  cut.initialization = training::Initialization::FromTable;
  cut.source = smallestCase();
  TrainingSetup setup = suggestedSetup(table, summaries(table), {});
  const std::vector<FeaturePtr> features = {std::make_shared<const Feature>(cut)};
  const auto plan = std::get<RunPlan>(planRun(setup, &table, features));
  ASSERT_EQ(plan.recipe.features.size(), 1U);
  EXPECT_EQ(plan.recipe.features[0].approach, training::Approach::Pretrained);
  EXPECT_EQ(plan.recipe.features[0].dimension, 2);
  EXPECT_EQ(plan.selection.categorical[0].vocabulary, (table::Vocabulary{"Ideal", "Very Good"}));

  setup.oneHot = true;
  EXPECT_EQ(std::get<RunPlan>(planRun(setup, &table, features)).recipe.features[0].approach,
            training::Approach::OneHot);
}

TEST(TrainingSetup, LayerOptionsReachTheRecipe) {
  Feature cut = featureFromColumn(diamonds(), 1);
  cut.categories[0].frozen = true;
  cut.categories[1].padding = true;
  cut.maxNorm = 1.5;
  cut.normType = 1;
  cut.scaleGradientByFrequency = true;
  cut.unseen = training::UnseenRule::MeanOfKnown;
  const training::FeatureRecipe recipe = featureRecipe(cut, false);
  EXPECT_EQ(recipe.frozenRows, std::vector<std::int32_t>{0});
  EXPECT_EQ(recipe.paddingRow, 1);
  EXPECT_EQ(recipe.maxNorm, 1.5);
  EXPECT_EQ(recipe.normType, 1);
  EXPECT_TRUE(recipe.scaleGradientByFrequency);
  EXPECT_EQ(recipe.unseen, training::UnseenRule::MeanOfKnown);

  const training::FeatureRecipe oneHot = featureRecipe(cut, true);
  EXPECT_TRUE(oneHot.frozenRows.empty()) << "one-hot looks nothing up";
  EXPECT_FALSE(oneHot.paddingRow);
  EXPECT_FALSE(oneHot.maxNorm);
  EXPECT_EQ(oneHot.unseen, training::UnseenRule::MeanOfKnown);
}

TEST(TrainingSetup, AFrozenIdentityIsOneHot) {
  Feature cut = withStart(featureFromColumn(diamonds(), 1), training::Initialization::Identity);
  EXPECT_FALSE(isOneHotInput(featureRecipe(cut, false))) << "it learns";
  cut.frozen = true;
  cut.categories[0].padding = true;  // without a gradient anyway
  EXPECT_TRUE(isFrozenOneHot(cut));
  EXPECT_TRUE(isOneHotInput(featureRecipe(cut, false)));
  EXPECT_FALSE(featureRecipe(cut, false).paddingRow);
  cut.maxNorm = 0.5;
  EXPECT_FALSE(isOneHotInput(featureRecipe(cut, false))) << "its rows get shorter than one";
  EXPECT_EQ(featureRecipe(cut, false).maxNorm, 0.5);
}

}  // namespace
}  // namespace embedscope::document
