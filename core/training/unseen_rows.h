// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/model.h"
#include "core/training/recipe.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::training {

/// Gives categories without a training row the mean of those that have one, for the features whose
/// rule says so.
///
/// Unseen rows get no gradient, so how often this happens changes nothing about the others. Rows
/// that keep their numbers (frozen tables and rows, the padding row) stay out of both sides.
class UnseenRows {
 public:
  /// @param trainingRows  of the dataset. Cost O(rows) for each feature with the rule.
  UnseenRows(const data::Dataset& dataset, std::span<const std::int64_t> trainingRows,
             const TrainingRecipe& recipe);

  /// Cost O(numbers of the tables that have unseen rows).
  void fill(Model<float>& model) const;

 private:
  struct Feature {
    std::vector<std::int64_t> known;
    std::vector<std::int64_t> unseen;  ///< empty: nothing to do
  };

  std::vector<Feature> m_features;
};

}  // namespace embedscope::training
