// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/caution.h"

namespace embedscope::training {

std::vector<Caution> dataCautions(const data::Dataset&, const TrainingRecipe&, const RowSplit&) {
  return {};
}

}  // namespace embedscope::training
