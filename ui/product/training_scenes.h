// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/training_step.h"
#include "ui/product/row_window.h"
#include "ui/product/scene.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace embedscope::product {

/// A training step and how much of it fits into a picture. A plain value.
struct TrainingPicture {
  const explain::TrainingStep* step = nullptr;
  std::int64_t wholeRows = 0;  ///< of the table, of which the step may train an excerpt
  std::span<const std::int64_t> excerpt{};  ///< the rows that train, ascending; empty: all
  RowRoom room{};                           ///< for rows of the table
  std::size_t oneHot = 5;                   ///< cells of a one-hot row
};

inline constexpr std::int64_t kTrainingScenes = 7;
inline constexpr std::int64_t kOuterProductScene = 4;

/// Scene 0 … 6: lookup, head and loss, gradient of the outputs, gradient of the looked-up rows, the
/// outer product, the sparse form, the update.
Scene trainingScene(const TrainingPicture& picture, std::int64_t index);

/// Why a row moved or did not, in a few words: "in the batch", "moments of an earlier step".
QString fateText(explain::RowFate fate);

}  // namespace embedscope::product
