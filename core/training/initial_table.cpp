// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/initial_table.h"

#include "core/training/random_streams.h"

#include <cmath>

namespace embedscope::training {

namespace {

/// fastai's choice.
constexpr double kTruncatedDeviation = 0.01;
constexpr double kTruncatedAt = 2;  ///< standard deviations

void fillNormal(base::RandomStream& random, MatrixRef<float> values) {
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

void fillTruncatedNormal(base::RandomStream random, MatrixRef<float> values) {
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      double number = random.normal();
      while (std::abs(number) > kTruncatedAt) {
        number = random.normal();
      }
      values(i, j) = static_cast<float>(kTruncatedDeviation * number);
    }
  }
}

void setPermutedIdentity(std::int64_t categories, MatrixRef<float> values) {
  values.setZero();
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    const Eigen::Index column = categories - 1 - i;
    if (column < values.cols()) {
      values(i, column) = 1;
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
                std::uint64_t seed, std::size_t place, std::int64_t categories,
                MatrixRef<float> values) {
  base::RandomStream random = randomStream(seed, RandomUse::Table, place);
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
    case Initialization::PermutedIdentity:
      setPermutedIdentity(categories, values);
      return;
    case Initialization::TruncatedNormal:
      fillTruncatedNormal(random, values);
      return;
    case Initialization::Xavier: {
      const auto width = static_cast<double>(categories + values.cols());
      fillUniform(random, std::sqrt(6 / width), values);
      return;
    }
  }
}

base::RowMatrix normalRow(std::uint64_t seed, std::size_t place, std::int64_t row,
                          std::int64_t dimension) {
  base::RandomStream random = randomStream(seed, RandomUse::Table, place);
  base::RowMatrix values(1, dimension);
  for (std::int64_t i = 0; i <= row; ++i) {
    fillNormal(random, values);
  }
  return values;
}

base::RowMatrix initialTable(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                             std::uint64_t seed, std::size_t place, std::int64_t categories) {
  base::RowMatrix values(vocabulary.size(), tableDimension(feature, categories));
  startTable(feature, vocabulary, seed, place, categories, values);
  return values;
}

}  // namespace embedscope::training
