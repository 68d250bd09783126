// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

namespace embedscope::evaluation {

/// Pearson's product-moment correlation of two series, in [-1, 1].
///
/// @param x, y  of one length, finite.
/// @return nothing when there are fewer than two numbers, or all of a series are equal.
std::optional<double> pearsonCorrelation(std::span<const double> x, std::span<const double> y);

/// Spearman's rank correlation: Pearson's of the ranks, equal numbers sharing the mean of theirs.
///
/// @param x, y, @return  as pearsonCorrelation. Cost O(n·log n).
std::optional<double> spearmanCorrelation(std::span<const double> x, std::span<const double> y);

}  // namespace embedscope::evaluation
