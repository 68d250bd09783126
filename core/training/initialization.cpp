// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/initialization.h"

#include "core/training/random_streams.h"

#include <algorithm>
#include <cmath>

namespace embedscope::training {

namespace {

void fillNormal(base::RandomStream random, MatrixRef<float> values) {
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      values(i, j) = static_cast<float>(random.normal());
    }
  }
}

void fillUniform(base::RandomStream random, double bound, MatrixRef<float> values) {
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      values(i, j) = static_cast<float>(random.uniform(-bound, bound));
    }
  }
}

/// Replaces the rows whose label the other table knows.
void copyKnownRows(const table::EmbeddingTable& from, const table::Vocabulary& vocabulary,
                   MatrixRef<float> values) {
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    if (const auto row = from.vocabulary().find(vocabulary.label(i))) {
      values.row(i) = from.values().row(*row);
    }
  }
}

void initializeTable(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                     const base::RandomStream& random, MatrixRef<float> values) {
  switch (tableInitialization(feature)) {
    case Initialization::Identity:
      values.setIdentity();
      return;
    case Initialization::Normal:
      fillNormal(random, values);
      return;
    case Initialization::Uniform:
      fillUniform(random, 0.5 / static_cast<double>(values.cols()), values);
      return;
    case Initialization::FromTable:
      fillNormal(random, values);
      copyKnownRows(*feature.pretrained, vocabulary, values);
      return;
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
      initializeTable(recipe.features[f], dataset.categorical[f].vocabulary,
                      randomStream(recipe.seed, RandomUse::Table, f),
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
