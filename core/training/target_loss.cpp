// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/target_loss.h"

namespace embedscope::training {

LossKind lossOf(const TrainingRecipe& recipe, const data::Target& target) {
  const bool regression = target.kind == data::TargetKind::Regression;
  return recipe.loss.value_or(regression ? LossKind::SquaredError : LossKind::CrossEntropy);
}

bool fitsTarget(LossKind loss, data::TargetKind kind) {
  const bool forNumbers = loss == LossKind::SquaredError || loss == LossKind::Huber;
  return forNumbers == (kind == data::TargetKind::Regression);
}

std::int64_t outputCount(LossKind loss, const data::Target& target) {
  return loss == LossKind::CrossEntropy ? target.classes.size() : 1;
}

}  // namespace embedscope::training
