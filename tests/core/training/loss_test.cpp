// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/loss.h"

#include "core/training/target_loss.h"
#include "core/training/validation.h"
#include "tests/core/training/small_data.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

// Values of PyTorch: tests/reference/training/make_losses.py.

namespace embedscope::training {
namespace {

using Json = nlohmann::json;

Json referenceCases() {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/training/losses.json");
  return Json::parse(in).at("cases");
}

template <typename Scalar>
double lossOf(const Json& reference, ConstMatrixRef<Scalar> outputs, MatrixRef<Scalar> gradient) {
  const auto target = reference.at("target").get<std::vector<Scalar>>();
  if (reference.at("name") == "huber") {
    return huber<Scalar>(outputs, target, reference.at("delta"), gradient);
  }
  const std::vector<std::int32_t> classes(target.begin(), target.end());
  return binaryCrossEntropy<Scalar>(outputs, classes, gradient);
}

template <typename Scalar>
void expectReference(const Json& reference, double tolerance) {
  const auto values = reference.at("outputs").get<std::vector<Scalar>>();
  const Matrix<Scalar> outputs =
      Eigen::Map<const Matrix<Scalar>>(values.data(), static_cast<Eigen::Index>(values.size()), 1);
  Matrix<Scalar> gradient = Matrix<Scalar>::Constant(outputs.rows(), 1, Scalar{7});
  const double loss = lossOf<Scalar>(reference, outputs, gradient);
  const double expected = reference.at("loss");
  EXPECT_NEAR(loss, expected, tolerance * expected) << reference.dump();
  const auto expectedGradient = reference.at("gradient").get<std::vector<double>>();
  const double largest = *std::max_element(expectedGradient.begin(), expectedGradient.end());
  for (std::size_t i = 0; i < expectedGradient.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(gradient(static_cast<Eigen::Index>(i), 0)), expectedGradient[i],
                tolerance * largest)
        << "output " << values[i] << " of " << reference.dump();
  }
}

TEST(Losses, AgreeWithPyTorch) {
  int compared = 0;
  for (const Json& reference : referenceCases()) {
    if (reference.at("dtype") == "float64") {
      expectReference<double>(reference, 1e-12);
    } else {
      expectReference<float>(reference, 1e-6);
    }
    ++compared;
  }
  EXPECT_EQ(compared, 10);
}

TEST(Losses, ShowOutputsThatAreNotNumbers) {
  Matrix<float> outputs = Matrix<float>::Constant(1, 1, std::numeric_limits<float>::quiet_NaN());
  Matrix<float> gradient(1, 1);
  EXPECT_TRUE(std::isnan(huber<float>(outputs, std::vector<float>{1}, 1, gradient)));
  EXPECT_TRUE(std::isnan(gradient(0, 0)));
  EXPECT_TRUE(
      std::isnan(binaryCrossEntropy<float>(outputs, std::vector<std::int32_t>{0}, gradient)));
  EXPECT_TRUE(std::isnan(gradient(0, 0)));
}

TEST(TargetLoss, FollowsTheTargetUnlessTheRecipeChooses) {
  TrainingRecipe recipe;
  const data::Target numbers = tests::regressionData(5).target;
  const data::Target labels = tests::classificationData(5).target;
  EXPECT_EQ(lossOf(recipe, numbers), LossKind::SquaredError);
  EXPECT_EQ(lossOf(recipe, labels), LossKind::CrossEntropy);
  recipe.loss = LossKind::Huber;
  EXPECT_EQ(lossOf(recipe, numbers), LossKind::Huber);
  EXPECT_EQ(outputCount(LossKind::CrossEntropy, labels), 2);
  EXPECT_EQ(outputCount(LossKind::BinaryCrossEntropy, labels), 1);
  EXPECT_EQ(outputCount(LossKind::Huber, numbers), 1);
  EXPECT_TRUE(fitsTarget(LossKind::Huber, data::TargetKind::Regression));
  EXPECT_FALSE(fitsTarget(LossKind::Huber, data::TargetKind::Classification));
  EXPECT_TRUE(fitsTarget(LossKind::BinaryCrossEntropy, data::TargetKind::Classification));
  EXPECT_FALSE(fitsTarget(LossKind::BinaryCrossEntropy, data::TargetKind::Regression));
}

/// A model of one bias only, which is its output.
Model<float> constantModel(LossKind loss, float output) {
  ModelShape shape;
  shape.features = {{"a", 5, 2, false, false}, {"b", 3, 2, false, false}};
  shape.numericColumns = 1;
  shape.loss = loss;
  shape.huberDelta = 0.25;
  Model<float> model(shape);
  model.linearLayers().back().bias().value().setConstant(output);
  return model;
}

TEST(Validation, GivesTheRootMeanSquareAlsoForHuber) {
  const PreparedData data(tests::shared(tests::regressionData(60)), 0.3, 4);
  double trainingSum = 0;
  for (const std::int64_t row : data.split().training) {
    trainingSum += data.dataset().target.values[static_cast<std::size_t>(row)];
  }
  const double mean = trainingSum / static_cast<double>(data.split().training.size());
  double squares = 0;
  double huberSum = 0;
  for (const std::int64_t row : data.split().validation) {
    const double error = data.dataset().target.values[static_cast<std::size_t>(row)] - mean;
    const double standardized = std::abs(error) / data.targetScale().deviation;
    squares += error * error;
    huberSum +=
        standardized <= 0.25 ? standardized * standardized / 2 : 0.25 * (standardized - 0.125);
  }
  const auto rows = static_cast<double>(data.split().validation.size());
  const auto result = validate(constantModel(LossKind::Huber, 0), data).value();
  EXPECT_NEAR(result.metric, std::sqrt(squares / rows), 1e-5);
  EXPECT_NEAR(result.loss, huberSum / rows, 1e-6);
}

TEST(Validation, TakesALogitAboveZeroForTheSecondClass) {
  const PreparedData data(tests::shared(tests::classificationData(60)), 0.3, 4);
  std::int64_t second = 0;
  for (const std::int64_t row : data.split().validation) {
    second += data.dataset().target.codes[static_cast<std::size_t>(row)];
  }
  const double share =
      static_cast<double>(second) / static_cast<double>(data.split().validation.size());
  ASSERT_NE(share, 0.5);
  const auto metric = [&](float logit) {
    return validate(constantModel(LossKind::BinaryCrossEntropy, logit), data).value().metric;
  };
  EXPECT_DOUBLE_EQ(metric(0.1F), share);
  EXPECT_DOUBLE_EQ(metric(0), 1 - share);
  EXPECT_DOUBLE_EQ(metric(-0.1F), 1 - share);
}

}  // namespace
}  // namespace embedscope::training
