// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope::train {

/// What the Train page is used for.
enum class TrainMode {
  OneRun,     ///< one model, watched closely
  Race,       ///< several approaches, several seeds each
  Crossover,  ///< two approaches over a range of sizes
};

}  // namespace embedscope::train
