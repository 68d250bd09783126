// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/recipe.h"
#include "ui/document/document.h"

#include <cstdint>
#include <limits>

namespace embedscope::document {

/// Everything it takes to make the table a feature starts from; may travel to a worker thread.
struct InitialTablePlan {
  training::FeatureRecipe recipe;
  table::Vocabulary labels;     ///< of the rows wanted, from the first on
  std::int64_t categories = 0;  ///< of the whole feature
  std::uint64_t seed = 1;
  std::size_t place = 0;  ///< of the feature among those of the training setup

  /// Rows × columns that `makeInitialTable` will fill.
  std::int64_t cells() const;
};

/// The plan for the first rows of a feature's table as the training setup would start it.
///
/// A feature that the setup leaves out is shown as if it were added last.
InitialTablePlan planInitialTable(const TrainingSetup& setup, const Feature& feature,
                                  std::int64_t mostRows = std::numeric_limits<std::int64_t>::max());

/// The very numbers that training starts from. Cost O(cells). Thread-safe.
table::TablePtr makeInitialTable(const InitialTablePlan& plan);

}  // namespace embedscope::document
