// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/model.h"
#include "core/training/optimizer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

// Compares with PyTorch: tests/reference/training/make_training_reference.py.

namespace embedscope::training {
namespace {

using Json = nlohmann::json;

Json referenceCases() {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/training/training_steps.json");
  return Json::parse(in).at("cases");
}

ModelShape shapeOf(const Json& reference) {
  ModelShape shape;
  for (const Json& feature : reference.at("features")) {
    shape.features.push_back({"feature" + std::to_string(shape.features.size()),
                              feature.at("categories").get<Eigen::Index>(),
                              feature.at("dimension").get<Eigen::Index>(),
                              feature.at("oneHot").get<bool>(), false});
  }
  shape.numericColumns = reference.at("numericColumns").get<Eigen::Index>();
  shape.hidden = reference.at("hidden").get<std::vector<Eigen::Index>>();
  shape.outputs = reference.at("outputs").get<Eigen::Index>();
  shape.loss = shape.outputs == 1 ? LossKind::SquaredError : LossKind::CrossEntropy;
  return shape;
}

template <typename Scalar>
Batch<Scalar> batchOf(const Json& reference, const ModelShape& shape) {
  Batch<Scalar> batch;
  batch.codes = reference.at("codes").get<std::vector<std::vector<std::int32_t>>>();
  const auto rows = reference.at("numeric").get<std::vector<std::vector<Scalar>>>();
  batch.size = static_cast<Eigen::Index>(rows.size());
  batch.numeric.resize(batch.size, shape.numericColumns);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy(rows[i].begin(), rows[i].end(),
              batch.numeric.row(static_cast<Eigen::Index>(i)).begin());
  }
  if (shape.loss == LossKind::SquaredError) {
    batch.values = reference.at("target").get<std::vector<Scalar>>();
  } else {
    batch.classes = reference.at("target").get<std::vector<std::int32_t>>();
  }
  return batch;
}

template <typename Scalar>
void setParameters(const Json& reference, Model<Scalar>& model) {
  for (Parameter<Scalar>* parameter : model.trainableParameters()) {
    const std::vector<Scalar> values = reference.at(parameter->name());
    ASSERT_EQ(static_cast<Eigen::Index>(values.size()), parameter->value().size());
    std::copy(values.begin(), values.end(), parameter->value().data());
  }
}

/// How far `ours` is from `reference`, as a share of the largest number of the reference.
template <typename Scalar>
double relativeError(const Scalar* ours, const Json& reference) {
  const auto values = reference.get<std::vector<double>>();
  double largest = 0;
  double error = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(values[i]));
    const double difference = std::abs(static_cast<double>(ours[i]) - values[i]);
    error = std::isfinite(difference) ? std::max(error, difference)
                                      : std::numeric_limits<double>::infinity();
  }
  return error / largest;
}

template <typename Scalar>
constexpr double kTolerance = sizeof(Scalar) == 4 ? 1e-6 : 1e-12;

/// Rounding of float adds up over ten steps, also in PyTorch: its float32 is up to 1.05e-6 from its
/// float64.
template <typename Scalar>
constexpr double kTenStepTolerance = 3 * kTolerance<Scalar>;

template <typename Scalar>
void expectParameters(Model<Scalar>& model, const Json& reference, double tolerance,
                      const std::string& what) {
  ASSERT_EQ(model.trainableParameters().size(), reference.size());
  for (const Parameter<Scalar>* parameter : model.trainableParameters()) {
    EXPECT_LT(relativeError(parameter->value().data(), reference.at(parameter->name())), tolerance)
        << what << ' ' << parameter->name();
  }
}

template <typename Scalar>
void expectFirstBatch(const Json& reference) {
  const ModelShape shape = shapeOf(reference);
  Model<Scalar> model(shape);
  setParameters(reference.at("initial"), model);
  const auto batch = batchOf<Scalar>(reference.at("batches").front(), shape);
  Activations<Scalar> activations = model.makeActivations(batch.size);
  model.forward(batch, activations);
  EXPECT_LT(relativeError(activations.outputs.back().data(), reference.at("forward")),
            kTolerance<Scalar>);
  const double loss = model.loss(batch, activations);
  EXPECT_NEAR(loss, reference.at("loss").get<double>(), loss * kTolerance<Scalar>);
  model.backward(batch, activations);
  for (const Parameter<Scalar>* parameter : model.trainableParameters()) {
    EXPECT_LT(relativeError(parameter->denseGradient().eval().data(),
                            reference.at("gradients").at(parameter->name())),
              kTolerance<Scalar>)
        << parameter->name();
  }
}

template <typename Scalar>
void expectRun(const Json& reference, const Json& run) {
  const ModelShape shape = shapeOf(reference);
  Model<Scalar> model(shape);
  setParameters(reference.at("initial"), model);
  const auto optimizerName = run.at("optimizer").get<std::string>();
  const OptimizerRecipe recipe{optimizerFromName(optimizerName).value(),
                               run.at("learningRate").get<double>(),
                               run.at("momentum").get<double>()};
  const auto optimizer = makeOptimizer(recipe, model.trainableParameters());
  std::vector<Batch<Scalar>> batches;
  for (const Json& batch : reference.at("batches")) {
    batches.push_back(batchOf<Scalar>(batch, shape));
  }
  Activations<Scalar> activations = model.makeActivations(batches.front().size);
  for (std::size_t step = 0; step < 10; ++step) {
    const Batch<Scalar>& batch = batches[step % batches.size()];
    model.forward(batch, activations);
    model.loss(batch, activations);
    model.backward(batch, activations);
    optimizer->step();
    if (step == 0) {
      expectParameters(model, run.at("after1"), kTolerance<Scalar>,
                       optimizerName + " after 1 step,");
    }
  }
  expectParameters(model, run.at("after10"), kTenStepTolerance<Scalar>,
                   optimizerName + " after 10 steps,");
}

template <typename Scalar>
class TrainingReference : public testing::Test {
 protected:
  static void forEachCase(void (*check)(const Json&)) {
    const std::string dtype = sizeof(Scalar) == 4 ? "float32" : "float64";
    int checked = 0;
    for (const Json& reference : referenceCases()) {
      if (reference.at("dtype") == dtype) {
        SCOPED_TRACE(reference.at("name").get<std::string>() + ", " + dtype);
        check(reference);
        ++checked;
      }
    }
    EXPECT_EQ(checked, 3);
  }
};

using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(TrainingReference, Scalars);

TYPED_TEST(TrainingReference, OutputsLossAndGradientsAreThoseOfPyTorch) {
  this->forEachCase(expectFirstBatch<TypeParam>);
}

TYPED_TEST(TrainingReference, ParametersAfterStepsAreThoseOfPyTorch) {
  this->forEachCase([](const Json& reference) {
    EXPECT_EQ(reference.at("runs").size(), 4U);
    for (const Json& run : reference.at("runs")) {
      expectRun<TypeParam>(reference, run);
    }
  });
}

}  // namespace
}  // namespace embedscope::training
