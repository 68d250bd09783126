// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/analogy_file.h"
#include "core/evaluation/word_index.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace embedscope::evaluation {

/// How many questions were asked, and how many answered as expected.
struct AnalogyScore {
  std::int64_t correct = 0;
  std::int64_t questions = 0;  ///< that were asked
  std::int64_t skipped = 0;    ///< not asked: one of the four words takes no part

  /// In [0, 1]; nothing when no question was asked.
  std::optional<double> accuracy() const;

  bool operator==(const AnalogyScore&) const = default;
};

struct AnalogySection {
  std::string name;
  AnalogyScore score;
};

struct AnalogyResult {
  std::vector<AnalogySection> sections;  ///< in the order of the topics
  AnalogyScore total;
};

/// Answers "a is to b as c is to …?" by the row nearest to b - a + c (3CosAdd), as gensim's
/// `evaluate_word_analogies` does with the function `most_similar`.
///
/// The vectors of a, b and c are scaled to length 1. Of the five rows with the largest cosine,
/// without those of a, b and c, the first whose word is none of the three is the answer (with case
/// left aside, several rows may be one word), and the last of them when all are. Ties: smaller row
/// first. Questions with words that are not in WordIndex are skipped; rows of zeros are no answers.
///
/// Source: Mikolov, Chen, Corrado and Dean, Efficient Estimation of Word Representations in Vector
/// Space, 2013, arXiv:1301.3781.
///
/// @return nothing when stopped, which is noticed within about 10 ms of work.
/// @throws Error InvalidArgument: as WordIndex::build.
/// Cost: a product of the rows with the different words of every block of questions, O(n·d) each,
/// and O(n) for each question; parallel over blocks of questions, the same for any thread count.
std::optional<AnalogyResult> evaluateAnalogies(const table::EmbeddingTable& table,
                                               std::span<const AnalogyTopic> topics,
                                               const MatchOptions& options = {},
                                               const base::TaskContext& context = {});

}  // namespace embedscope::evaluation
