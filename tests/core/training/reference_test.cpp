// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gradient_clip.h"
#include "core/training/model.h"
#include "core/training/optimizer.h"
#include "tests/core/training/torch_reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

// Compares with PyTorch: tests/reference/training/make_training_reference.py.

namespace embedscope::training {
namespace {

ModelShape shapeOf(const Json& reference, bool denseOneHot) {
  ModelShape shape;
  for (const Json& from : reference.at("features")) {
    ModelShape::Feature feature;
    feature.name = "feature" + std::to_string(shape.features.size());
    feature.categories = from.at("categories");
    feature.dimension = from.at("dimension");
    feature.oneHot = from.at("oneHot");
    feature.denseOneHot = feature.oneHot && denseOneHot;
    feature.lookup.paddingRow = optionOf<std::int64_t>(from, "paddingRow");
    feature.lookup.maxNorm = optionOf<double>(from, "maxNorm");
    shape.features.push_back(feature);
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

/// One of the reference's models with its first weights and its batches.
template <typename Scalar>
class ReferenceModel {
 public:
  ReferenceModel(const Json& reference, bool denseOneHot)
      : m_reference(reference), m_model(shapeOf(reference, denseOneHot)) {
    for (Parameter<Scalar>* parameter : m_model.trainableParameters()) {
      const std::vector<Scalar> values = reference.at("initial").at(parameter->name());
      EXPECT_EQ(static_cast<Eigen::Index>(values.size()), parameter->value().size());
      std::copy(values.begin(), values.end(), parameter->value().data());
    }
    for (const Json& batch : reference.at("batches")) {
      m_batches.push_back(batchOf<Scalar>(batch, m_model.shape()));
    }
    m_activations = m_model.makeActivations(m_batches.front().size);
  }

  Model<Scalar>& model() { return m_model; }

  const Matrix<Scalar>& output() const { return m_activations.outputs.back(); }

  /// Everything of a step before the optimizer's; the loss.
  double pass(std::size_t step) {
    const Batch<Scalar>& batch = m_batches[step % m_batches.size()];
    m_model.applyMaxNorm(batch);
    m_model.forward(batch, m_activations);
    const double loss = m_model.loss(batch, m_activations);
    m_model.backward(batch, m_activations);
    return loss;
  }

  void expectGradients() {
    for (const Parameter<Scalar>* parameter : m_model.trainableParameters()) {
      const Matrix<Scalar> gradient = parameter->denseGradient();
      EXPECT_LT(relativeError(gradient.data(), m_reference.at("gradients").at(parameter->name())),
                kTolerance<Scalar>)
          << parameter->name();
    }
  }

  /// A parameter that passes zero keeps the rounding of where it came from.
  void expectParameters(const Json& expected) {
    ASSERT_EQ(m_model.trainableParameters().size(), expected.size());
    for (const Parameter<Scalar>* parameter : m_model.trainableParameters()) {
      const std::string& name = parameter->name();
      EXPECT_LT(relativeError(parameter->value().data(), expected.at(name),
                              largestOf(m_reference.at("initial").at(name))),
                kTolerance<Scalar>)
          << name;
    }
  }

 private:
  const Json& m_reference;
  Model<Scalar> m_model;
  std::vector<Batch<Scalar>> m_batches;
  Activations<Scalar> m_activations;
};

template <typename Scalar>
void expectFirstBatch(const Json& reference, bool denseOneHot) {
  ReferenceModel<Scalar> ours(reference, denseOneHot);
  const double loss = ours.pass(0);
  EXPECT_LT(relativeError(ours.output().data(), reference.at("forward")), kTolerance<Scalar>);
  EXPECT_NEAR(loss, reference.at("loss").get<double>(), loss * kTolerance<Scalar>);
  ours.expectGradients();
}

template <typename Scalar>
void expectRun(const Json& reference, const Json& run, bool denseOneHot) {
  ReferenceModel<Scalar> ours(reference, denseOneHot);
  const OptimizerRecipe recipe = optimizerRecipeOf(run);
  const auto parameters = ours.model().trainableParameters();
  const auto optimizer = makeOptimizer(recipe, parameters);
  for (std::size_t step = 0; step < 10; ++step) {
    ours.pass(step);
    if (recipe.clipNorm) {
      clipGradient(parameters, *recipe.clipNorm);
    }
    optimizer->step();
  }
  ours.expectParameters(run.at("after10"));
}

/// Calls `check(reference, denseOneHot)` for every model, and a second time for a one-hot feature
/// that is to be computed as a product.
template <typename Check>
void forEachCase(const Check& check) {
  const Json all = trainingReference("training_steps.json");
  EXPECT_EQ(all.at("cases").size(), 4U);
  for (const Json& reference : all.at("cases")) {
    SCOPED_TRACE(reference.at("name").get<std::string>());
    check(reference, false);
    if (reference.at("features").at(0).at("oneHot").get<bool>()) {
      SCOPED_TRACE("as a product");
      check(reference, true);
    }
  }
}

template <typename Scalar>
class TrainingReference : public testing::Test {};

using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(TrainingReference, Scalars);

TYPED_TEST(TrainingReference, OutputsLossAndGradientsAreThoseOfPyTorch) {
  forEachCase(expectFirstBatch<TypeParam>);
}

TYPED_TEST(TrainingReference, ParametersAfterTenStepsAreThoseOfPyTorch) {
  int runs = 0;
  forEachCase([&](const Json& reference, bool denseOneHot) {
    for (const Json& run : reference.at("runs")) {
      SCOPED_TRACE(titleOf(run));
      EXPECT_LT(run.at("float32Error").template get<double>(), 1e-6);
      expectRun<TypeParam>(reference, run, denseOneHot);
      ++runs;
    }
  });
  EXPECT_EQ(runs, 5 * 12);
}

}  // namespace
}  // namespace embedscope::training
