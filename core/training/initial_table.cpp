// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/initial_table.h"

#include "core/training/random_streams.h"

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

}  // namespace

void startTable(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                std::uint64_t seed, std::size_t place, MatrixRef<float> values) {
  const base::RandomStream random = randomStream(seed, RandomUse::Table, place);
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

base::RowMatrix initialTable(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                             std::uint64_t seed, std::size_t place, std::int64_t categories) {
  base::RowMatrix values(vocabulary.size(), tableDimension(feature, categories));
  startTable(feature, vocabulary, seed, place, values);
  return values;
}

}  // namespace embedscope::training
