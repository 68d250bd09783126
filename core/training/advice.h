// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/size_rules.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace embedscope::training {

/// What can be said about a feature before anything is trained.
struct Advice {
  std::int64_t categories = 0;  ///< n
  double medianRows = 0;        ///< rows per category
  std::int64_t fewestRows = 0;  ///< of the rarest category
  std::int64_t hidden = 0;      ///< h, width of the first hidden layer; 0: none
  double breakEven = 0;         ///< d* = n·h / (n + h); 0 without a hidden layer
  std::vector<SizeRule> rules;  ///< all published rules
  std::string text;             ///< a recommendation in words, two or three sentences
};

/// @param counts  rows of each category, one number for each; all zero: not known.
/// @param hidden  h ≥ 0.
Advice advise(std::span<const std::int64_t> counts, std::int64_t hidden);

}  // namespace embedscope::training
