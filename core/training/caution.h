// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/training/matrix.h"
#include "core/training/recipe.h"
#include "core/training/row_split.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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

/// "no-training-row", "target-leakage", …: stable, for files and scripts.
std::string_view cautionName(Caution::Kind kind);

/// What can be told before training, from the data and its split.
///
/// Categories that nobody expects to learn (frozen rows, the padding row, a frozen table) are not
/// counted, and an identifier column gets one caution instead of one for each of its oddities. A
/// column is said to decide the target when its categories, "(missing)" aside, fix the value in
/// every one of their rows, there are at most half as many categories as rows, and chance would do
/// that less often than once in a million tables.
///
/// @param recipe  its features belong to the categorical columns, in their order; fewer are fine.
/// @param split   of the rows of `dataset`. Without a target (no values, no codes) nothing is said
///                about leakage.
/// @return in the order of the columns (categorical, then numeric), then of Kind; at last what is
///         about the run as a whole.
/// Cost O(rows · columns). Deterministic.
std::vector<Caution> dataCautions(const data::Dataset& dataset, const TrainingRecipe& recipe,
                                  const RowSplit& split);

/// Rows of each category among some rows of a column.
///
/// @param rows  numbers of rows, as a RowSplit has them.
std::vector<std::int64_t> rowsPerCategory(const data::CategoricalColumn& column,
                                          std::span<const std::int64_t> rows);

/// What can be told while a run is under way, from one table: vectors that have grown out of
/// proportion, and vectors that should have learned but never moved.
///
/// A pure function of numbers that a run has anyway; `initial` comes back from initialTable() with
/// the same recipe. Vectors have exploded when the longest is not finite, or more than ten times as
/// long as both the longest initial one and √d, the usual length at N(0, 1). One-hot features and
/// frozen tables are left alone.
///
/// @param feature       of the recipe.
/// @param vocabulary    a label for every row.
/// @param trainingRows  of each category, see rowsPerCategory().
/// @param initial       n × d, as training started.
/// @param current       n × d, as it is now.
/// @param epochs        passes over the training rows that have ended; dead rows are told from the
///                      first one on, when every category has had its turn.
/// Cost O(n·d).
std::vector<Caution> runCautions(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                                 std::span<const std::int64_t> trainingRows,
                                 const ConstMatrixRef<float>& initial,
                                 const ConstMatrixRef<float>& current, std::int64_t epochs);

}  // namespace embedscope::training
