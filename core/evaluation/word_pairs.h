// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/word_index.h"
#include "core/evaluation/word_pair_file.h"

#include <optional>
#include <span>

namespace embedscope::evaluation {

/// How well the cosines of a table follow what people find similar.
struct WordPairResult {
  std::optional<double> pearson;   ///< nothing where a correlation is not defined
  std::optional<double> spearman;  ///< of the ranks
  std::int64_t pairs = 0;          ///< that were compared
  std::int64_t skipped = 0;        ///< of which a word takes no part
};

/// gensim's `evaluate_word_pairs`: cosines of the pairs against the given similarities. Pairs with
/// a word that is not among those of WordIndex are left out. A row of zeros has cosine 0.
///
/// @return nothing when stopped.
/// @throws Error InvalidArgument: as WordIndex::build.
/// Cost O(n·d) for the index; O(d) a pair. Accumulated in double, the same for any
/// thread count; cosines are rounded to float32, so that equal ones share a rank.
std::optional<WordPairResult> evaluateWordPairs(const table::EmbeddingTable& table,
                                                std::span<const WordPair> pairs,
                                                const MatchOptions& options = {},
                                                const base::TaskContext& context = {});

}  // namespace embedscope::evaluation
