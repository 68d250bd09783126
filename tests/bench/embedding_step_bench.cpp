// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/numerics.h"
#include "core/base/random.h"
#include "core/training/loss.h"
#include "core/training/model.h"
#include "core/training/optimizer.h"

#include <benchmark/benchmark.h>

#include <array>
#include <vector>

// One training step of a table of n rows: lookup, a linear head, squared error, backward, step.
// embedding_step_beside_torch.py runs the same steps in PyTorch beside these.

namespace embedscope::training {
namespace {

constexpr Eigen::Index kDimension = 16;
constexpr Eigen::Index kBatchSize = 256;
constexpr std::size_t kBatches = 4096;

/// Codes and targets for several steps.
std::vector<Batch<float>> someBatches(std::int64_t categories) {
  base::RandomStream random(7, 1);
  std::vector<Batch<float>> batches(kBatches);
  for (Batch<float>& batch : batches) {
    batch.allocate(1, 0, kBatchSize);
    batch.size = kBatchSize;
    for (std::int32_t& code : batch.codes[0]) {
      code = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(categories)));
    }
    for (float& value : batch.values) {
      value = static_cast<float>(random.normal());
    }
  }
  return batches;
}

void fillNormal(const std::vector<Parameter<float>*>& parameters) {
  base::RandomStream random(7, 2);
  for (Parameter<float>* parameter : parameters) {
    for (float& value : parameter->value().reshaped()) {
      value = static_cast<float>(random.normal());
    }
  }
}

void embeddingStep(benchmark::State& state, const OptimizerRecipe& recipe) {
  base::useOneBlasThread();
  ModelShape shape;
  shape.features = {{.name = "table", .categories = state.range(0), .dimension = kDimension}};
  Model<float> model(shape);
  fillNormal(model.trainableParameters());
  const auto optimizer = makeOptimizer(recipe, model.trainableParameters());
  const std::vector<Batch<float>> batches = someBatches(state.range(0));
  Activations<float> activations = model.makeActivations(kBatchSize);
  std::size_t step = 0;
  for (auto _ : state) {
    const Batch<float>& batch = batches[step++ % kBatches];
    model.forward(batch, activations);
    benchmark::DoNotOptimize(model.loss(batch, activations));
    model.backward(batch, activations);
    optimizer->step();
  }
}

/// The table as the weights of a layer whose input is a true one-hot matrix.
void oneHotStep(benchmark::State& state, OneHotLayer<float>::Path path) {
  base::useOneBlasThread();
  OneHotLayer<float> layer("table", state.range(0), kDimension, path);
  LinearLayer<float> head("head", kDimension, 1);
  const std::vector<Parameter<float>*> parameters = {&layer.weights(), &head.weights(),
                                                     &head.bias()};
  fillNormal(parameters);
  const auto optimizer = makeOptimizer(
      OptimizerRecipe{.kind = OptimizerKind::Sgd, .learningRate = 0.01, .clipNorm = {}},
      parameters);
  const std::vector<Batch<float>> batches = someBatches(state.range(0));
  const bool dense = path == OneHotLayer<float>::Path::DenseProduct;
  Matrix<float> oneHot(dense ? kBatchSize : 0, state.range(0));
  Matrix<float> hidden(kBatchSize, kDimension);
  Matrix<float> hiddenGradient(kBatchSize, kDimension);
  Matrix<float> output(kBatchSize, 1);
  Matrix<float> outputGradient(kBatchSize, 1);
  std::size_t step = 0;
  for (auto _ : state) {
    const Batch<float>& batch = batches[step++ % kBatches];
    hidden.setZero();
    if (dense) {
      layer.encode(batch.codes[0], oneHot);
      layer.addForwardDense(oneHot, hidden);
    } else {
      layer.addForward(batch.codes[0], hidden);
    }
    head.startForward(output);
    head.addForward(hidden, output);
    benchmark::DoNotOptimize(squaredError<float>(output, batch.values, outputGradient));
    head.backward(hidden, outputGradient);
    head.inputGradient(outputGradient, hiddenGradient);
    if (dense) {
      layer.backwardDense(oneHot, hiddenGradient);
    } else {
      layer.backward(batch.codes[0], hiddenGradient);
    }
    optimizer->step();
  }
}

const OptimizerRecipe kSgd = {.kind = OptimizerKind::Sgd, .learningRate = 0.01, .clipNorm = {}};
const OptimizerRecipe kMomentum = {
    .kind = OptimizerKind::Sgd, .learningRate = 0.01, .momentum = 0.9, .clipNorm = {}};
const OptimizerRecipe kAdam = {.kind = OptimizerKind::Adam, .clipNorm = {}};
const OptimizerRecipe kSparseAdam = {.kind = OptimizerKind::SparseAdam, .clipNorm = {}};

void categories(benchmark::internal::Benchmark* bench) {
  bench->ArgName("n")->RangeMultiplier(10)->Range(10, 1'000'000)->Unit(benchmark::kMicrosecond);
}

void fewerCategories(benchmark::internal::Benchmark* bench) {
  bench->ArgName("n")->RangeMultiplier(10)->Range(10, 100'000)->Unit(benchmark::kMicrosecond);
}

BENCHMARK_CAPTURE(embeddingStep, sgd, kSgd)->Apply(categories);
BENCHMARK_CAPTURE(embeddingStep, momentum, kMomentum)->Apply(categories);
BENCHMARK_CAPTURE(embeddingStep, adam, kAdam)->Apply(categories);
BENCHMARK_CAPTURE(embeddingStep, sparseAdam, kSparseAdam)->Apply(categories);
BENCHMARK_CAPTURE(oneHotStep, picked, OneHotLayer<float>::Path::PickRows)->Apply(categories);
BENCHMARK_CAPTURE(oneHotStep, dense, OneHotLayer<float>::Path::DenseProduct)
    ->Apply(fewerCategories);

}  // namespace
}  // namespace embedscope::training
