// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/size_rules.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace embedscope::training {

/// What can be said about a feature before anything is trained.
///
/// There is no number of categories from which on an embedding is better than one-hot: both express
/// the same functions as soon as d ≥ min(n, h). So the words go by what is known: how many
/// categories, how many rows each of them has, and how many weights each approach needs.
struct Advice {
  enum class Choice {
    Nothing,     ///< fewer than two categories
    OneHot,      ///< two or three categories, or no hidden layer
    Tie,         ///< four to ten: by whether one wants vectors
    ByEvidence,  ///< dozens: by rows per category and d*
    Embedding,   ///< hundreds and more: embedding or hashing
  };

  std::int64_t categories = 0;       ///< n
  bool rowsKnown = false;            ///< at least one category has a count
  double medianRows = 0;             ///< rows per category; 0 when not known
  std::int64_t fewestRows = 0;       ///< of the rarest category; 0 when not known
  std::int64_t emptyCategories = 0;  ///< categories without rows, when rows are known
  std::int64_t hidden = 0;           ///< h, width of the first hidden layer; 0: none
  double breakEven = 0;              ///< d* = n·h / (n + h); 0 without a hidden layer
  std::vector<SizeRule> rules;       ///< all published rules; empty without categories
  Choice choice = Choice::Nothing;
  std::string headline;  ///< the recommendation in a few words
  std::string text;      ///< the same with its reasons, two to four sentences
  std::string warning;   ///< rules that exceed d* or n − 1, by name; empty when none does
};

/// @param counts  rows of each category, one number ≥ 0 for each; all zero: not known.
/// @param hidden  h ≥ 0.
/// Cost O(n). Source of the recommendation: the published rules and switches (see size_rules.h),
/// and the count of weights.
Advice advise(std::span<const std::int64_t> counts, std::int64_t hidden);

/// How a rule's size goes beyond what makes sense for a feature.
enum class Excess {
  None,
  MoreWeights,  ///< above d*: more weights than one-hot
  NoBottleneck  ///< n or more: outside Guo and Berkhahn's bound
};

/// Bounds, and rules that advise one-hot, are never in excess.
Excess excessOf(const SizeRule& rule, const Advice& advice);

}  // namespace embedscope::training
