// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/model.h"
#include "core/training/prepared_data.h"

#include <optional>
#include <stop_token>

namespace embedscope::training {

/// How well a model does on rows it does not learn from.
struct ValidationResult {
  double loss = 0;    ///< mean over the rows, in the unit of the training loss; NaN without rows
  double metric = 0;  ///< rmse in the target's unit, or share of rows in [0, 1]; NaN without rows
};

/// Judges the model by the validation rows.
///
/// Rows are taken in blocks of fixed size, which may run on several threads; results are added up
/// in block order, so the bits do not depend on the number of threads.
///
/// @param stop  polled before every block.
/// @return nothing when stopped.
std::optional<ValidationResult> validate(const Model<float>& model, const PreparedData& data,
                                         const std::stop_token& stop = {});

}  // namespace embedscope::training
