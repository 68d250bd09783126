// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/initialization.h"

#include "core/training/initial_table.h"
#include "core/training/random_streams.h"

#include <algorithm>
#include <cmath>

namespace embedscope::training {

namespace {

void fillUniform(base::RandomStream random, double bound, MatrixRef<float> values) {
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      values(i, j) = static_cast<float>(random.uniform(-bound, bound));
    }
  }
}

}  // namespace

void initialize(const TrainingRecipe& recipe, const data::Dataset& dataset, Model<float>& model) {
  const double firstBound =
      1 / std::sqrt(static_cast<double>(std::max<Eigen::Index>(model.inputWidth(), 1)));
  for (std::size_t f = 0; f < recipe.features.size(); ++f) {
    if (auto& oneHot = model.oneHot(f)) {
      fillUniform(randomStream(recipe.seed, RandomUse::OneHotWeights, f), firstBound,
                  oneHot->weights().value());
    } else {
      const table::Vocabulary& vocabulary = dataset.categorical[f].vocabulary;
      startTable(recipe.features[f], vocabulary, recipe.seed, f, vocabulary.size(),
                 model.embedding(f)->table().value());
    }
  }
  for (std::size_t layer = 0; layer < model.linearLayers().size(); ++layer) {
    LinearLayer<float>& linear = model.linearLayers()[layer];
    const double bound =
        layer == 0 ? firstBound : 1 / std::sqrt(static_cast<double>(linear.inputs()));
    fillUniform(randomStream(recipe.seed, RandomUse::LinearWeights, layer), bound,
                linear.weights().value());
    fillUniform(randomStream(recipe.seed, RandomUse::LinearBias, layer), bound,
                linear.bias().value());
  }
}

}  // namespace embedscope::training
