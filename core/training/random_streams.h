// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <cstdint>

namespace embedscope::training {

/// What a run draws random numbers for. Each use has streams of its own, so that a change of one
/// (say, the size of a table) leaves the others as they were.
enum class RandomUse : std::uint32_t {
  Split = 1,          ///< which rows are validation rows
  Shuffle = 2,        ///< index: the epoch, counted from 0
  Table = 3,          ///< index: the feature
  OneHotWeights = 4,  ///< index: the feature
  LinearWeights = 5,  ///< index: the layer
  LinearBias = 6,     ///< index: the layer
  Dropout = 7,        ///< index: the hidden layer · 2⁴⁰ + the step, both counted from 0
};

inline base::RandomStream randomStream(std::uint64_t seed, RandomUse use, std::uint64_t index = 0) {
  return {seed, (static_cast<std::uint64_t>(use) << 48U) | index};
}

}  // namespace embedscope::training
