// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/numerics.h"
#include "core/table/vocabulary.h"
#include "core/training/matrix.h"
#include "core/training/recipe.h"

#include <cstddef>
#include <cstdint>

namespace embedscope::training {

/// Fills a feature's table with the numbers that training starts from.
///
/// The identity has a 1 in row i, column i; the permuted identity in column n − 1 − i. Where d < n
/// the rows whose 1 would lie beyond column d stay zero. Truncated normal numbers are drawn again
/// until they lie within two standard deviations, as TensorFlow's truncated_normal does it; fastai
/// brings them back by fmod, which differs in one number in 22.
///
/// @param vocabulary  a label for every row of `values`.
/// @param seed        of the recipe.
/// @param place       of the feature among the features of the recipe; each has its own stream.
/// @param categories  n of the whole feature; `values` may hold only the first rows.
/// @param values      rows × d. They do not depend on how many rows of the n follow.
void startTable(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                std::uint64_t seed, std::size_t place, std::int64_t categories,
                MatrixRef<float> values);

/// The same as a new matrix: one row for each label, `tableDimension(feature, categories)` columns.
///
/// @param categories  of the whole feature; `vocabulary` may hold only the first of them.
/// Cost O(rows·d). Same arguments, same bits.
base::RowMatrix initialTable(const FeatureRecipe& feature, const table::Vocabulary& vocabulary,
                             std::uint64_t seed, std::size_t place, std::int64_t categories);

/// One row of a table that starts as N(0, 1), 1 × d, with the bits that `startTable` gives it.
///
/// @param row  ≥ 0. @param dimension  d ≥ 1.
/// Cost: the random numbers of all rows up to this one, O(row·d), but O(d) memory.
base::RowMatrix normalRow(std::uint64_t seed, std::size_t place, std::int64_t row,
                          std::int64_t dimension);

}  // namespace embedscope::training
