// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/neighbors/neighbor_graph.h"
#include "core/projection/symmetric_edges.h"

#include <optional>
#include <span>

namespace embedscope::projection {

/// How likely a row would pick each of its neighbors, if likelihoods fall as a Gaussian of its
/// distances that is as wide as to make the choice as uncertain as one among `perplexity` equals:
/// van der Maaten, Hinton 2008, JMLR 9, section 2.
///
/// @param squares  squared distances to the k neighbors, rising.
/// @param out      k numbers that add up to 1. Where even the narrowest Gaussian leaves more than
///                 `perplexity` equals (so many neighbors at one distance), those get equal parts.
/// By Newton steps on the logarithm of the precision, kept within halving bounds, until the entropy
/// agrees to 10⁻⁷.
void perplexityShares(std::span<const float> squares, double perplexity, std::span<float> out);

/// The perplexity that can be had with n rows: at most (n − 1) / 3.
double possiblePerplexity(double perplexity, Eigen::Index rows);

/// How many neighbors it looks at: ⌊3·perplexity⌋, at least 1 and below n.
Eigen::Index perplexityNeighbors(double perplexity, Eigen::Index rows);

/// The affinities of t-SNE between rows and their nearest: half of what each end of an edge holds
/// of the other, so that all weights, each edge twice, add up to n. Those of the paper, which add
/// up to 1, are 1/n of them.
///
/// @param graph   its distances are squared for Metric::Euclidean. 1 − cosine is already half the
///                squared distance of rows of length 1, and a factor makes no difference.
/// @return nothing when stopped.
/// Cost O(n·k), parallel, the same bits for any thread count.
std::optional<SymmetricEdges> affinities(const neighbors::NeighborGraph& graph,
                                         neighbors::Metric metric, double perplexity,
                                         const base::TaskContext& context = {});

}  // namespace embedscope::projection
