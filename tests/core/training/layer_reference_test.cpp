// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/embedding_bag_layer.h"
#include "core/training/embedding_layer.h"
#include "core/training/gradient_clip.h"
#include "core/training/optimizer.h"
#include "tests/core/training/torch_reference.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

// Compares with PyTorch: tests/reference/training/make_layer_reference.py.

namespace embedscope::training {
namespace {

LookupOptions lookupOptionsOf(const Json& from) {
  LookupOptions options;
  options.paddingRow = optionOf<std::int64_t>(from, "paddingRow");
  options.maxNorm = optionOf<double>(from, "maxNorm");
  options.normType = from.value("normType", 2.0);
  options.scaleGradientByFrequency = from.value("scaleGradientByFrequency", false);
  return options;
}

BagMode modeOf(const Json& from) {
  const auto name = from.at("mode").get<std::string>();
  return name == "sum" ? BagMode::Sum : name == "mean" ? BagMode::Mean : BagMode::Max;
}

template <typename Scalar>
struct LayerBatch {
  std::vector<std::int32_t> codes;
  std::vector<std::int64_t> offsets;
  std::vector<Scalar> weights;
  Matrix<Scalar> target;

  Bags<Scalar> bags() const { return {codes, offsets, weights}; }
};

template <typename Scalar>
Matrix<Scalar> matrixOf(const Json& from, Eigen::Index columns) {
  const auto values = from.get<std::vector<Scalar>>();
  const auto rows = static_cast<Eigen::Index>(values.size()) / columns;
  return Eigen::Map<const Matrix<Scalar>>(values.data(), rows, columns);
}

template <typename Scalar>
LayerBatch<Scalar> batchOf(const Json& from, Eigen::Index columns) {
  return {from.at("codes"), from.at("offsets"), from.value("weights", std::vector<Scalar>{}),
          matrixOf<Scalar>(from.at("target"), columns)};
}

/// The layer of a case under either name, with the squared error as its loss.
template <typename Scalar>
class CaseLayer {
 public:
  CaseLayer(const Json& from, const Matrix<Scalar>& initial) {
    const LookupOptions options = lookupOptionsOf(from);
    if (from.at("kind") == "bag") {
      m_bag = std::make_unique<EmbeddingBagLayer<Scalar>>(EmbeddingBagLayer<Scalar>::fromPretrained(
          "bag", initial, false,
          {.mode = modeOf(from),
           .includeLastOffset = from.value("includeLastOffset", false),
           .lookup = options}));
    } else {
      m_embedding = std::make_unique<EmbeddingLayer<Scalar>>(
          EmbeddingLayer<Scalar>::fromPretrained("table", initial, false, options));
    }
  }

  Parameter<Scalar>& table() { return m_bag ? m_bag->table() : m_embedding->table(); }

  const Matrix<Scalar>& output() const { return m_output; }

  /// Lookup, loss and its gradient at the table.
  double pass(const LayerBatch<Scalar>& batch) {
    m_output.resize(batch.target.rows(), batch.target.cols());
    if (m_bag) {
      m_bag->applyMaxNorm(batch.bags());
      m_bag->forward(batch.bags(), m_output);
    } else {
      m_embedding->applyMaxNorm(batch.codes);
      m_embedding->forward(batch.codes, m_output);
    }
    const Matrix<Scalar> difference = m_output - batch.target;
    const auto count = static_cast<Scalar>(difference.size());
    m_outputGradient = difference * (Scalar{2} / count);
    if (m_bag) {
      m_bag->backward(batch.bags(), m_outputGradient);
    } else {
      m_embedding->backward(batch.codes, m_outputGradient);
    }
    return static_cast<double>(difference.squaredNorm() / count);
  }

  std::vector<Scalar> weightGradient(const LayerBatch<Scalar>& batch) const {
    std::vector<Scalar> gradient(batch.codes.size());
    m_bag->weightGradient(batch.bags(), m_outputGradient, gradient);
    return gradient;
  }

 private:
  std::unique_ptr<EmbeddingLayer<Scalar>> m_embedding;
  std::unique_ptr<EmbeddingBagLayer<Scalar>> m_bag;
  Matrix<Scalar> m_output;
  Matrix<Scalar> m_outputGradient;
};

template <typename Scalar>
void expectFirstBatch(const Json& from) {
  const auto columns = from.at("dimension").get<Eigen::Index>();
  CaseLayer<Scalar> layer(from, matrixOf<Scalar>(from.at("initial"), columns));
  const auto batch = batchOf<Scalar>(from.at("batches").front(), columns);
  const double loss = layer.pass(batch);
  EXPECT_LT(relativeError(layer.output().data(), from.at("output")), kTolerance<Scalar>);
  EXPECT_LT(relativeError(layer.table().value().data(), from.at("tableAfterLookup")),
            kTolerance<Scalar>);
  EXPECT_NEAR(loss, from.at("loss").get<double>(), loss * kTolerance<Scalar>);
  EXPECT_LT(relativeError(layer.table().denseGradient().eval().data(), from.at("gradient")),
            kTolerance<Scalar>);
  if (from.contains("weightGradient")) {
    EXPECT_LT(relativeError(layer.weightGradient(batch).data(), from.at("weightGradient")),
              kTolerance<Scalar>);
  }
}

template <typename Scalar>
void expectRun(const Json& from, const Json& run) {
  const auto columns = from.at("dimension").get<Eigen::Index>();
  CaseLayer<Scalar> layer(from, matrixOf<Scalar>(from.at("initial"), columns));
  const OptimizerRecipe recipe = optimizerRecipeOf(run);
  const std::vector<Parameter<Scalar>*> parameters = {&layer.table()};
  const auto optimizer = makeOptimizer(recipe, parameters);
  std::vector<LayerBatch<Scalar>> batches;
  for (const Json& batch : from.at("batches")) {
    batches.push_back(batchOf<Scalar>(batch, columns));
  }
  for (std::size_t step = 0; step < 10; ++step) {
    layer.pass(batches[step % batches.size()]);
    if (recipe.clipNorm) {
      clipGradient(parameters, *recipe.clipNorm);
    }
    optimizer->step();
  }
  EXPECT_LT(relativeError(layer.table().value().data(), run.at("after10")), kTolerance<Scalar>);
}

template <typename Scalar>
class LayerReference : public testing::Test {};

using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(LayerReference, Scalars);

TYPED_TEST(LayerReference, OutputsTablesAndGradientsAreThoseOfPyTorch) {
  const Json all = trainingReference("layer_steps.json");
  EXPECT_EQ(all.at("cases").size(), 18U);
  for (const Json& from : all.at("cases")) {
    SCOPED_TRACE(from.at("name").get<std::string>());
    expectFirstBatch<TypeParam>(from);
  }
}

TYPED_TEST(LayerReference, TablesAfterTenStepsAreThoseOfPyTorch) {
  const Json all = trainingReference("layer_steps.json");
  int runs = 0;
  for (const Json& from : all.at("cases")) {
    SCOPED_TRACE(from.at("name").get<std::string>());
    for (const Json& run : from.at("runs")) {
      SCOPED_TRACE(titleOf(run));
      EXPECT_LT(run.at("float32Error").get<double>(), 5e-7);
      expectRun<TypeParam>(from, run);
      ++runs;
    }
  }
  EXPECT_EQ(runs, 12 * 15 + 6 * 11);
}

}  // namespace
}  // namespace embedscope::training
