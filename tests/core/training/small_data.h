// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace embedscope::tests {

/// A categorical column whose codes run through the categories: 0, 1, …, n − 1, 0, …
inline data::CategoricalColumn cyclicColumn(const std::string& name, std::int32_t categories,
                                            std::int64_t rows, std::int64_t stride = 1) {
  data::CategoricalColumn column;
  column.name = name;
  for (std::int32_t i = 0; i < categories; ++i) {
    column.vocabulary.append(name + " " + std::to_string(i));
  }
  column.counts.assign(static_cast<std::size_t>(categories), 0);
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto code = static_cast<std::int32_t>((row / stride) % categories);
    column.codes.push_back(code);
    ++column.counts[static_cast<std::size_t>(code)];
  }
  return column;
}

/// Two features (5 and 3 categories), one number, and the target 100 + 10 a − 5 b + 2 x.
inline data::Dataset regressionData(std::int64_t rows) {
  data::Dataset dataset;
  dataset.rows = rows;
  dataset.categorical = {cyclicColumn("a", 5, rows), cyclicColumn("b", 3, rows, 5)};
  dataset.numericNames = {"x"};
  dataset.numeric.resize(rows, 1);
  dataset.target.name = "y";
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto i = static_cast<std::size_t>(row);
    dataset.numeric(row, 0) = static_cast<double>(row * 7 % 11);
    dataset.target.values.push_back(100 + 10.0 * dataset.categorical[0].codes[i] -
                                    5.0 * dataset.categorical[1].codes[i] +
                                    2 * dataset.numeric(row, 0));
  }
  return dataset;
}

/// The same inputs; the class is "even" or "odd" by the sum of the two codes.
inline data::Dataset classificationData(std::int64_t rows) {
  data::Dataset dataset = regressionData(rows);
  dataset.target = {};
  dataset.target.name = "parity";
  dataset.target.kind = data::TargetKind::Classification;
  dataset.target.classes = {"even", "odd"};
  for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i) {
    dataset.target.codes.push_back(
        (dataset.categorical[0].codes[i] + dataset.categorical[1].codes[i]) % 2);
  }
  return dataset;
}

inline data::DatasetPtr shared(data::Dataset dataset) {
  return std::make_shared<const data::Dataset>(std::move(dataset));
}

/// A recipe for the two data sets above that learns in a few epochs.
inline training::TrainingRecipe smallRecipe() {
  training::TrainingRecipe recipe;
  recipe.features.resize(2);
  recipe.features[0].name = "a";
  recipe.features[0].dimension = 3;
  recipe.features[1].name = "b";
  recipe.hidden = {8};
  recipe.optimizer.learningRate = 0.01;
  recipe.batchSize = 16;
  recipe.epochs = 5;
  recipe.seed = 7;
  return recipe;
}

}  // namespace embedscope::tests
