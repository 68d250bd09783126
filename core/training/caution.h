// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/recipe.h"
#include "core/training/row_split.h"

#include <string>
#include <vector>

namespace embedscope::training {

/// Something that a person should know before believing a result; not an error.
struct Caution {
  enum class Kind {
    NoTrainingRow,    ///< categories that only validation rows (or no rows) have
    OneTrainingRow,   ///< categories with a single training row
    NotInValidation,  ///< categories that no validation row has
    TargetLeakage,    ///< a column that decides the target
    ConstantColumn,   ///< one value in all training rows
    Identifier,       ///< nearly every row has a category of its own
    ExplodingNorms,   ///< vectors have grown out of proportion
    DeadRows,         ///< trained rows that never moved
    SmallValidation,  ///< too few validation rows to tell approaches apart
  };

  Kind kind;
  std::string column;  ///< the column it is about; empty: the run as a whole
  std::string text;    ///< a sentence or two: what, how many with examples, what to do
};

/// What can be told before training, from the data and its split.
///
/// @param split  of the rows of `dataset`.
/// @return in the order of the columns, then of Kind.
/// Cost O(rows · columns).
std::vector<Caution> dataCautions(const data::Dataset& dataset, const TrainingRecipe& recipe,
                                  const RowSplit& split);

}  // namespace embedscope::training
