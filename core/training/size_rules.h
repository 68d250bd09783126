// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace embedscope::training {

/// What one published rule of thumb says about the size of an embedding.
struct SizeRule {
  /// How `dimension` is meant.
  enum class Meaning {
    Size,    ///< use it
    OneHot,  ///< the rule does not embed so few categories; `dimension` is what its formula says
    UpperBound,  ///< any size up to it
  };

  std::string_view name;     ///< "fastai"
  std::string_view formula;  ///< "min(600, round(1.6 · n^0.56))"
  std::string_view source;   ///< who published it, and what it rests on
  double exact = 0;          ///< before rounding, limits and "at least 1"
  std::int64_t dimension = 1;
  Meaning meaning = Meaning::Size;
};

/// The published rules, always in the same order: fastai, older fastai, pytorch-forecasting,
/// AutoGluon, Google's fourth root, Guo & Berkhahn. They disagree by up to a factor of 14 at
/// n = 1,000, so none of them should be followed unseen.
///
/// @param categories  n ≥ 1.
std::vector<SizeRule> sizeRules(std::int64_t categories);

/// A published answer that is a way to measure and not a formula.
struct SizePrinciple {
  std::string_view name;
  std::string_view text;
  std::string_view source;
};

/// Yin & Shen: that an optimal size exists, and why no formula of n can give it.
SizePrinciple sizePrinciple();

/// d* = n·h / (n + h): an embedding of size d followed by a layer of h units has fewer weights than
/// the one-hot row followed by that layer exactly when d < d*.
///
/// @param categories  n ≥ 1.
/// @param hidden      h ≥ 1, the width of the first hidden layer.
double breakEvenDimension(std::int64_t categories, std::int64_t hidden);

}  // namespace embedscope::training
