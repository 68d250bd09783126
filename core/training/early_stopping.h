// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/checkpoint.h"

#include <cstdint>

namespace embedscope::training {

/// Remembers the epoch with the lowest validation loss and says when to give up.
class EarlyStopping {
 public:
  /// @param patience  epochs without a lower validation loss after which a run ends; 0: never, and
  ///                  nothing is remembered.
  explicit EarlyStopping(std::int64_t patience) : m_patience(patience) {}

  bool isOn() const { return m_patience > 0; }

  /// Whether an epoch that has just ended is the best so far.
  bool isBest(const EpochRecord& epoch) const;

  /// Remembers the state after the best epoch, whose record is the last of `state.epochs`.
  void keep(CheckpointPtr state);

  /// True after `patience` epochs that were no better.
  bool isOver(std::int64_t epoch) const { return isOn() && epoch - bestEpoch() >= m_patience; }

  /// From 1; 0 before any epoch.
  std::int64_t bestEpoch() const;

  /// Null while off or before any epoch.
  const CheckpointPtr& best() const { return m_best; }

  void forget() { m_best.reset(); }

 private:
  std::int64_t m_patience;
  CheckpointPtr m_best;
};

}  // namespace embedscope::training
