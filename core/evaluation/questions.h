// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/analogies.h"
#include "core/evaluation/word_pairs.h"

#include <filesystem>
#include <optional>
#include <variant>
#include <vector>

namespace embedscope::evaluation {

/// What a file asks of a table: analogies, or how similar the words of pairs are.
using Questions = std::variant<std::vector<AnalogyTopic>, std::vector<WordPair>>;

/// What the table answered.
using Answers = std::variant<AnalogyResult, WordPairResult>;

/// Reads a file of either kind. They are told apart by the first line that is neither blank nor a
/// comment (#): the beginning of a section, or a tab between the words of a pair.
///
/// @throws Error as readAnalogies and readWordPairs.
Questions readQuestions(const std::filesystem::path& path);

/// evaluateAnalogies or evaluateWordPairs.
std::optional<Answers> evaluate(const table::EmbeddingTable& table, const Questions& questions,
                                const MatchOptions& options = {},
                                const base::TaskContext& context = {});

}  // namespace embedscope::evaluation
