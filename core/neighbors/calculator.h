// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/neighbors/exact_index.h"
#include "core/neighbors/expression.h"

#include <span>
#include <vector>

namespace embedscope::neighbors {

/// How the vectors of an expression enter their sum, and who may be among its neighbors.
struct SumOptions {
  bool unitInputs = true;     ///< each vector scaled to length 1 before it is weighted
  bool excludeInputs = true;  ///< the rows of the expression are no neighbors of their own sum
};

/// The sum Σ wᵢ·xᵢ of the vectors of an expression as they are in the table: where the expression
/// lies among its rows. Labels without a row get the vector that their subwords compose.
///
/// @param terms  at least one.
/// @return d numbers, which may be zeros where the terms cancel each other out; accumulated in
///         double.
/// @throws Error BadData: a label has no vector. NonFinite: a row holds NaN or infinity.
///         InvalidArgument: no terms, weights whose sum overflows.
std::vector<float> weightedSum(const table::EmbeddingTable& table, std::span<const Term> terms);

/// The weighted mean of the vectors of an expression: Σ wᵢ·xᵢ / Σ |wᵢ|, as gensim's
/// `get_mean_vector` has it.
///
/// @param terms  at least one.
/// @return d numbers; accumulated in double.
/// @throws Error as weightedSum, and BadData also when the terms cancel each other out.
std::vector<float> weightedMean(const table::EmbeddingTable& table, std::span<const Term> terms,
                                bool unitInputs = true);

/// The k rows nearest to an expression, nearest first.
///
/// With an index for cosine and the default options: gensim's `most_similar`. (gensim has no score
/// for rows of zeros; here it is 0.)
///
/// @param k  k ≥ 1; clipped to the number of rows that remain.
/// @return empty when stopped. Ties: smaller row first, for any thread count.
/// @throws Error as weightedMean; InvalidArgument also when k < 1.
/// Cost O(n·d), parallel.
std::vector<Neighbor> nearestToSum(const ExactIndex& index, std::span<const Term> terms,
                                   std::int64_t k, const SumOptions& options = {},
                                   const base::TaskContext& context = {});

/// The k rows with the largest Π s(x, added) / (Π s(x, subtracted) + 1e-6), where
/// s = (1 + cosine) / 2: 3CosMul for `b - a + c`, and gensim's `most_similar_cosmul` for any number
/// of labels. One large similarity decides less than in a sum.
///
/// Source: Levy and Goldberg, Linguistic Regularities in Sparse and Explicit Word Representations,
/// CoNLL 2014, equation 4 and footnote 7, doi:10.3115/v1/W14-1618.
///
/// @param index  for cosine.
/// @param terms  at least one that is added; weights are 1 or -1, as in gensim.
/// @return empty when stopped; scores ≥ 0. Ties: smaller row first, for any thread count.
/// @throws Error as weightedMean, except that nothing can cancel out; InvalidArgument also for
///         another metric, other weights, when nothing is added, and when k < 1.
/// Cost O(n·d) for each term, parallel.
std::vector<Neighbor> nearestByProduct(const ExactIndex& index, std::span<const Term> terms,
                                       std::int64_t k, bool excludeInputs = true,
                                       const base::TaskContext& context = {});

}  // namespace embedscope::neighbors
