// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/training/model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace embedscope::training {
namespace {

constexpr Eigen::Index kRows = 9;

Batch<double> someBatch(const ModelShape& shape) {
  base::RandomStream random(3, 1);
  Batch<double> batch;
  batch.allocate(shape.features.size(), shape.numericColumns, kRows);
  batch.size = kRows;
  for (std::size_t f = 0; f < shape.features.size(); ++f) {
    for (std::int32_t& code : batch.codes[f]) {
      code = static_cast<std::int32_t>(
          random.below(static_cast<std::uint32_t>(shape.features[f].categories)));
    }
  }
  for (double& value : batch.numeric.reshaped()) {
    value = random.normal();
  }
  for (double& value : batch.values) {
    value = random.normal();
  }
  const auto classes = static_cast<std::uint32_t>(std::max<Eigen::Index>(shape.outputs, 2));
  for (std::int32_t& code : batch.classes) {
    code = static_cast<std::int32_t>(random.below(classes));
  }
  return batch;
}

/// Compares every gradient with (loss(w + h) − loss(w − h)) / 2h.
void expectCentralDifferences(const ModelShape& shape, const Dropout& dropout = {}) {
  constexpr double h = 1e-5;
  Model<double> model(shape);
  base::RandomStream random(4, 1);
  for (Parameter<double>* parameter : model.trainableParameters()) {
    for (double& value : parameter->value().reshaped()) {
      value = random.normal();
    }
  }
  const Batch<double> batch = someBatch(shape);
  Activations<double> activations = model.makeActivations(kRows);
  const auto lossNow = [&] {
    model.forwardTraining(batch, activations, dropout);
    return model.loss(batch, activations);
  };
  lossNow();
  model.backward(batch, activations);
  for (Parameter<double>* parameter : model.trainableParameters()) {
    const Matrix<double> gradient = parameter->denseGradient();
    for (Eigen::Index i = 0; i < gradient.size(); ++i) {
      double& value = parameter->value().data()[i];
      const double before = value;
      value = before + h;
      const double above = lossNow();
      value = before - h;
      const double below = lossNow();
      value = before;
      const double expected = (above - below) / (2 * h);
      EXPECT_NEAR(gradient.data()[i], expected, 1e-7 * std::max(1.0, std::abs(expected)))
          << parameter->name() << " number " << i;
    }
  }
}

ModelShape mixedShape() {
  ModelShape shape;
  shape.features = {{"embedding", 6, 3, false, false},
                    {"one-hot", 4, 0, true, false},
                    {"frozen", 3, 2, false, true},
                    {"narrow", 20, 1, false, false}};
  shape.numericColumns = 2;
  shape.hidden = {7, 5};
  return shape;
}

TEST(Gradients, AgreeWithCentralDifferencesForSquaredError) {
  expectCentralDifferences(mixedShape());
}

TEST(Gradients, AgreeWithCentralDifferencesForCrossEntropy) {
  ModelShape shape = mixedShape();
  shape.outputs = 3;
  shape.loss = LossKind::CrossEntropy;
  expectCentralDifferences(shape);
}

TEST(Gradients, AgreeWithCentralDifferencesForHuber) {
  ModelShape shape = mixedShape();
  shape.loss = LossKind::Huber;
  shape.huberDelta = 0.7;
  expectCentralDifferences(shape);
}

TEST(Gradients, AgreeWithCentralDifferencesForBinaryCrossEntropy) {
  ModelShape shape = mixedShape();
  shape.loss = LossKind::BinaryCrossEntropy;
  expectCentralDifferences(shape);
}

TEST(Gradients, AgreeWithCentralDifferencesUnderDropout) {
  for (std::int64_t step = 0; step < 3; ++step) {
    expectCentralDifferences(mixedShape(), {0.4, 11, step});
  }
}

TEST(Gradients, AgreeWithCentralDifferencesWithoutHiddenLayers) {
  ModelShape shape = mixedShape();
  shape.hidden.clear();
  expectCentralDifferences(shape);
  shape.outputs = 2;
  shape.loss = LossKind::CrossEntropy;
  expectCentralDifferences(shape);
}

TEST(Gradients, AgreeWithCentralDifferencesForOneHotsAlone) {
  ModelShape shape;
  shape.features = {{"one-hot", 4, 0, true, false}};
  shape.hidden = {5};
  expectCentralDifferences(shape);
}

TEST(Gradients, FrozenTablesHaveNone) {
  Model<double> model(mixedShape());
  EXPECT_FALSE(model.embedding(2)->isTrainable());
  const Batch<double> batch = someBatch(mixedShape());
  Activations<double> activations = model.makeActivations(kRows);
  model.forward(batch, activations);
  model.loss(batch, activations);
  model.backward(batch, activations);
  EXPECT_TRUE(model.embedding(2)->table().storedGradient().empty());
}

TEST(Gradients, OnlyRowsOfTheBatchAreStored) {
  EmbeddingLayer<double> layer("table", 4, 2, true);
  const Matrix<double> gradient = Matrix<double>::Ones(3, 2);
  layer.backward(std::vector<std::int32_t>{3, 1, 3}, gradient);
  EXPECT_EQ(layer.table().touchedRows(), (std::vector<Eigen::Index>{3, 1}));
  EXPECT_EQ(layer.table().storedGradient().size(), 4U);
  EXPECT_EQ(layer.table().gradientRow(0)[0], 2);
  EXPECT_EQ(layer.table().gradientRow(1)[0], 1);
  EXPECT_EQ(layer.table().touchedGradient(0), nullptr);

  layer.backward(std::vector<std::int32_t>{0, 0, 0}, gradient);
  EXPECT_EQ(layer.table().touchedRows(), (std::vector<Eigen::Index>{0}));
  EXPECT_EQ(layer.table().touchedGradient(3), nullptr);
  EXPECT_EQ(layer.table().touchedGradient(0)[1], 3);
  EXPECT_EQ(layer.table().denseGradient().sum(), 6);
}

TEST(OneHotLayer, IsTheProductWithTheOneHotMatrix) {
  ModelShape shape;
  shape.features = {{"a", 5, 0, true, false}};
  shape.numericColumns = 2;
  shape.hidden = {4};
  Model<double> picked(shape);
  shape.features[0] = {"a", 5, 5, false, true};
  Model<double> multiplied(shape);
  multiplied.embedding(0)->table().value().setIdentity();

  base::RandomStream random(9, 9);
  Matrix<double> first(7, 4);
  for (double& value : first.reshaped()) {
    value = random.normal();
  }
  multiplied.linearLayers()[0].weights().value() = first;
  picked.oneHot(0)->weights().value() = first.topRows(5);
  picked.linearLayers()[0].weights().value() = first.bottomRows(2);
  for (Model<double>* model : {&picked, &multiplied}) {
    model->linearLayers()[1].weights().value().setConstant(0.5);
  }

  const Batch<double> batch = someBatch(shape);
  Activations<double> a = picked.makeActivations(kRows);
  Activations<double> b = multiplied.makeActivations(kRows);
  picked.forward(batch, a);
  multiplied.forward(batch, b);
  EXPECT_TRUE(a.outputs.back().isApprox(b.outputs.back(), 1e-14));
  EXPECT_GT(a.outputs.back().norm(), 0);
  EXPECT_EQ(picked.inputWidth(), 7);
}

}  // namespace
}  // namespace embedscope::training
