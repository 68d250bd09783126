// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/early_stopping.h"

#include <utility>

namespace embedscope::training {

bool EarlyStopping::isBest(const EpochRecord& epoch) const {
  return isOn() && (!m_best || epoch.validationLoss < m_best->epochs.back().validationLoss);
}

void EarlyStopping::keep(CheckpointPtr state) {
  m_best = std::move(state);
}

std::int64_t EarlyStopping::bestEpoch() const {
  return m_best ? m_best->epochs.back().epoch : 0;
}

}  // namespace embedscope::training
