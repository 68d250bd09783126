// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/recipe.h"

#include "core/base/error.h"
#include "core/training/recipe_check.h"
#include "tests/core/training/small_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace embedscope::training {
namespace {

using tests::classificationData;
using tests::regressionData;
using tests::smallRecipe;

TEST(Recipe, NamesAreReadBack) {
  for (const Approach approach :
       {Approach::OneHot, Approach::Identity, Approach::Random, Approach::Pretrained}) {
    EXPECT_EQ(approachFromName(approachName(approach)), approach);
  }
  for (const Initialization initialization :
       {Initialization::Identity, Initialization::Normal, Initialization::Uniform,
        Initialization::FromTable, Initialization::PermutedIdentity,
        Initialization::TruncatedNormal, Initialization::Xavier}) {
    EXPECT_EQ(initializationFromName(initializationName(initialization)), initialization);
  }
  for (const OptimizerKind optimizer :
       {OptimizerKind::Sgd, OptimizerKind::Adagrad, OptimizerKind::Adam, OptimizerKind::AdamW,
        OptimizerKind::SparseAdam}) {
    EXPECT_EQ(optimizerFromName(optimizerName(optimizer)), optimizer);
  }
  for (const Schedule schedule : {Schedule::Constant, Schedule::Cosine, Schedule::OneCycle}) {
    EXPECT_EQ(scheduleFromName(scheduleName(schedule)), schedule);
  }
  for (const LossKind loss : {LossKind::SquaredError, LossKind::Huber, LossKind::CrossEntropy,
                              LossKind::BinaryCrossEntropy}) {
    EXPECT_EQ(lossFromName(lossName(loss)), loss);
  }
  for (const UnseenRule rule : {UnseenRule::OwnRow, UnseenRule::MeanOfKnown}) {
    EXPECT_EQ(unseenRuleFromName(unseenRuleName(rule)), rule);
  }
  EXPECT_EQ(approachName(Approach::OneHot), "one-hot");
  EXPECT_FALSE(approachFromName("onehot"));
  EXPECT_FALSE(initializationFromName(""));
  EXPECT_FALSE(optimizerFromName("Adam"));
}

/// The sentence with which a recipe or data, changed by `spoil`, is refused; empty when it is not.
std::string refusal(const std::function<void(data::Dataset&, TrainingRecipe&)>& spoil,
                    data::Dataset data = regressionData(20),
                    base::ErrorCode code = base::ErrorCode::InvalidArgument) {
  TrainingRecipe recipe = smallRecipe();
  spoil(data, recipe);
  try {
    checkRecipe(data, recipe);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.sentence();
  }
  return {};
}

using testing::AllOf;
using testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(RecipeCheck, AcceptsWhatFits) {
  EXPECT_EQ(refusal([](auto&, auto&) {}), "");
  EXPECT_EQ(refusal([](auto&, auto&) {}, classificationData(20)), "");
}

TEST(RecipeCheck, NamesTheOptionThatDoesNotFit) {
  for (const double rate : {0.0, -1.0, kNan, std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT(refusal([&](auto&, auto& recipe) { recipe.optimizer.learningRate = rate; }),
                HasSubstr("learning rate"));
  }
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.batchSize = 0; }),
              HasSubstr("batch size 0"));
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.epochs = 0; }), HasSubstr("epochs 0"));
  for (const double share : {-0.1, 1.0, kNan}) {
    EXPECT_THAT(refusal([&](auto&, auto& recipe) { recipe.validationShare = share; }),
                HasSubstr("validation share"));
  }
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.optimizer.momentum = 0.5; }),
              AllOf(HasSubstr("momentum"), HasSubstr("adam")));
  EXPECT_THAT(
      refusal([](auto&, auto& recipe) { recipe.optimizer = {OptimizerKind::Sgd, 0.1, 1.0}; }),
      HasSubstr("momentum 1"));
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.hidden = {8, 0}; }),
              HasSubstr("hidden layer of width 0"));
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.hidden = {1 << 20, 1 << 20}; }),
              HasSubstr("hidden layer"));
}

TEST(RecipeCheck, NamesTheOptimizerOptionThatDoesNotFit) {
  for (const double decay : {-0.1, kNan, std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT(refusal([&](auto&, auto& recipe) { recipe.optimizer.weightDecay = decay; }),
                HasSubstr("weight decay"));
  }
  const auto decayWith = [](OptimizerKind kind) {
    return refusal([&](auto&, TrainingRecipe& recipe) {
      recipe.optimizer.kind = kind;
      recipe.optimizer.weightDecay = 0.01;
    });
  };
  EXPECT_THAT(decayWith(OptimizerKind::SparseAdam),
              AllOf(HasSubstr("weight decay 0.01"), HasSubstr("sparse-adam")));
  EXPECT_EQ(decayWith(OptimizerKind::AdamW), "");
  EXPECT_EQ(decayWith(OptimizerKind::Sgd), "");
  for (const double norm : {0.0, -1.0, kNan, std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT(refusal([&](auto&, auto& recipe) { recipe.optimizer.clipNorm = norm; }),
                HasSubstr("gradient norm"));
  }
}

TEST(RecipeCheck, NamesTheLossThatDoesNotFit) {
  const auto with = [](LossKind loss, const data::Dataset& data) {
    return refusal([&](auto&, auto& recipe) { recipe.loss = loss; }, data);
  };
  const data::Dataset numbers = regressionData(20);
  const data::Dataset labels = classificationData(20);
  EXPECT_EQ(with(LossKind::Huber, numbers), "");
  EXPECT_EQ(with(LossKind::BinaryCrossEntropy, labels), "");
  EXPECT_THAT(with(LossKind::Huber, labels), AllOf(HasSubstr("loss huber"), HasSubstr("labels")));
  EXPECT_THAT(with(LossKind::CrossEntropy, numbers),
              AllOf(HasSubstr("loss cross-entropy"), HasSubstr("numbers")));
  data::Dataset three = labels;
  three.target.classes.append("third");
  EXPECT_THAT(with(LossKind::BinaryCrossEntropy, three), HasSubstr("3 classes, not two"));
  for (const double delta : {0.0, -1.0, kNan}) {
    EXPECT_THAT(refusal([&](auto&, auto& recipe) { recipe.huberDelta = delta; }),
                HasSubstr("Huber"));
  }
}

TEST(RecipeCheck, NamesTheHeadThatDoesNotFit) {
  for (const double share : {-0.1, 1.0, kNan}) {
    EXPECT_THAT(refusal([&](auto&, auto& recipe) { recipe.dropout = share; }),
                HasSubstr("dropout"));
  }
  EXPECT_THAT(refusal([](auto&, TrainingRecipe& recipe) {
                recipe.dropout = 0.5;
                recipe.hidden.clear();
              }),
              AllOf(HasSubstr("dropout 0.5"), HasSubstr("no hidden layer")));
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.hidden.assign(256, 1); }),
              HasSubstr("256 hidden layers"));
}

TEST(RecipeCheck, EarlyStoppingNeedsRowsToJudgeBy) {
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.patience = -1; }), HasSubstr("patience -1"));
  EXPECT_EQ(refusal([](auto&, auto& recipe) { recipe.patience = 3; }), "");
  for (const double share : {0.0, 0.02}) {  // 0.02 · 20 rows rounds to none
    EXPECT_THAT(refusal([&](auto&, TrainingRecipe& recipe) {
                  recipe.patience = 3;
                  recipe.validationShare = share;
                }),
                AllOf(HasSubstr("patience 3"), HasSubstr("validation rows")));
  }
}

/// The sentence for feature "a", which has 5 categories, changed by `change`.
std::string lookupRefusal(const std::function<void(FeatureRecipe&)>& change) {
  return refusal([&](auto&, TrainingRecipe& recipe) { change(recipe.features[0]); });
}

TEST(RecipeCheck, NamesTheLookupOptionThatDoesNotFit) {
  for (const std::int64_t row : {0, 4, -1, -5}) {
    EXPECT_EQ(lookupRefusal([&](auto& feature) { feature.paddingRow = row; }), "");
  }
  for (const std::int64_t row : {5, -6}) {
    EXPECT_THAT(lookupRefusal([&](auto& feature) { feature.paddingRow = row; }),
                AllOf(HasSubstr("\"a\""), HasSubstr("padding row " + std::to_string(row))));
  }
  EXPECT_EQ(lookupRefusal([](auto& feature) { feature.frozenRows = {0, 4}; }), "");
  for (const std::int32_t row : {5, -1}) {
    EXPECT_THAT(lookupRefusal([&](auto& feature) { feature.frozenRows = {0, row}; }),
                AllOf(HasSubstr("\"a\""), HasSubstr("frozen row " + std::to_string(row))));
  }
  for (const double norm : {0.0, -1.0, kNan}) {
    EXPECT_THAT(lookupRefusal([&](auto& feature) { feature.maxNorm = norm; }),
                HasSubstr("largest norm"));
    EXPECT_THAT(lookupRefusal([&](auto& feature) { feature.normType = norm; }),
                HasSubstr("of the norm"));
  }
  EXPECT_THAT(lookupRefusal([](auto& feature) { feature.denseOneHot = true; }),
              HasSubstr("one-hot, not random"));
}

TEST(RecipeCheck, OneHotsHaveNoLookups) {
  const std::vector<std::function<void(FeatureRecipe&)>> options = {
      [](FeatureRecipe& feature) { feature.paddingRow = 0; },
      [](FeatureRecipe& feature) { feature.frozenRows = {0}; },
      [](FeatureRecipe& feature) { feature.maxNorm = 1; },
      [](FeatureRecipe& feature) { feature.scaleGradientByFrequency = true; }};
  for (const auto& option : options) {
    EXPECT_THAT(lookupRefusal([&](FeatureRecipe& feature) {
                  option(feature);
                  feature.approach = Approach::OneHot;
                }),
                AllOf(HasSubstr("\"a\""), HasSubstr("needs a table"), HasSubstr("one-hot")));
    EXPECT_THAT(lookupRefusal([&](FeatureRecipe& feature) {
                  option(feature);
                  feature.approach = Approach::Identity;
                  feature.frozen = true;
                }),
                HasSubstr("frozen identity"));
  }
  EXPECT_EQ(lookupRefusal([](FeatureRecipe& feature) {
              feature.approach = Approach::OneHot;
              feature.denseOneHot = true;
            }),
            "");
}

TEST(RecipeCheck, NamesTheFeatureThatDoesNotFit) {
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.features.pop_back(); }),
              AllOf(HasSubstr("1 features"), HasSubstr("2 categorical")));
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.features[0].name = "c"; }),
              AllOf(HasSubstr("\"c\""), HasSubstr("\"a\"")));
  EXPECT_THAT(refusal([](auto&, auto& recipe) { recipe.features[1].dimension = 0; }),
              AllOf(HasSubstr("\"b\""), HasSubstr("dimension 0")));
  EXPECT_THAT(
      refusal([](auto&, auto& recipe) { recipe.features[1].dimension = std::int64_t{1} << 62U; }),
      AllOf(HasSubstr("\"b\""), HasSubstr("too many")));
  EXPECT_THAT(
      refusal([](auto&, auto& recipe) { recipe.features[1].approach = Approach::Pretrained; }),
      AllOf(HasSubstr("\"b\""), HasSubstr("pretrained")));
}

TEST(RecipeCheck, RefusesAnIdentityThatWouldNotFitIntoMemory) {
  EXPECT_THAT(refusal([](data::Dataset& data, TrainingRecipe& recipe) {
                data.categorical[0] = tests::cyclicColumn("a", 100000, 20);
                recipe.features[0].approach = Approach::OneHot;
              }),
              AllOf(HasSubstr("\"a\""), HasSubstr("100,000"), HasSubstr("random")));
}

TEST(RecipeCheck, NamesWhatIsWrongWithTheData) {
  EXPECT_THAT(refusal([](data::Dataset& data, auto&) { data.rows = 0; }), HasSubstr("0 rows"));
  EXPECT_THAT(refusal([](data::Dataset& data, auto&) { data.categorical[0].codes[3] = 5; }),
              AllOf(HasSubstr("\"a\""), HasSubstr("code 5")));
  EXPECT_THAT(refusal([](data::Dataset& data, auto&) { data.categorical[0].codes.pop_back(); }),
              HasSubstr("\"a\""));
  EXPECT_THAT(refusal([](data::Dataset& data, auto&) { data.target.values.pop_back(); }),
              HasSubstr("\"y\""));
  EXPECT_THAT(refusal([](data::Dataset& data, auto&) { data.target.classes = {"one"}; },
                      classificationData(20)),
              HasSubstr("two classes"));
  EXPECT_THAT(refusal([](data::Dataset& data, auto&) { data.target.codes[0] = -1; },
                      classificationData(20)),
              HasSubstr("code -1"));
  EXPECT_THAT(refusal([](data::Dataset& data, TrainingRecipe& recipe) {
                data.categorical.clear();
                data.numeric.resize(20, 0);
                data.numericNames.clear();
                recipe.features.clear();
              }),
              HasSubstr("no inputs"));
}

TEST(RecipeCheck, RefusesNumbersThatAreNotFinite) {
  const auto nonFinite = base::ErrorCode::NonFinite;
  EXPECT_THAT(refusal([](data::Dataset& data, auto&) { data.numeric(4, 0) = kNan; },
                      regressionData(20), nonFinite),
              AllOf(HasSubstr("\"x\""), HasSubstr("row 5")));
  EXPECT_THAT(
      refusal([](data::Dataset& data,
                 auto&) { data.target.values[0] = -std::numeric_limits<double>::infinity(); },
              regressionData(20), nonFinite),
      AllOf(HasSubstr("\"y\""), HasSubstr("-inf")));
  EXPECT_THAT(refusal(
                  [](auto&, TrainingRecipe& recipe) {
                    base::RowMatrix values = base::RowMatrix::Constant(1, 2, NAN);
                    recipe.features[0].approach = Approach::Pretrained;
                    recipe.features[0].pretrained = std::make_shared<const table::EmbeddingTable>(
                        "broken", table::Vocabulary{"a 0"}, values);
                  },
                  regressionData(20), nonFinite),
              AllOf(HasSubstr("\"a\""), HasSubstr("broken")));
}

}  // namespace
}  // namespace embedscope::training
