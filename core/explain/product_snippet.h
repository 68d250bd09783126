// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/explain/approach_inputs.h"
#include "core/explain/bag_product.h"
#include "core/explain/training_step.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <span>
#include <string>

namespace embedscope::explain {

/// Whose code a snippet is.
enum class SnippetLanguage { NumPy, PyTorch };

/// Tables of more numbers are written as an excerpt: the rows that take part.
inline constexpr std::int64_t kMostSnippetNumbers = 1024;

/// Python code that multiplies one-hot rows with the table and looks the rows up: the variables
/// `W` (n × d, float32), `rows`, `one_hot` (b × n), `result` (b × d) and `lookup` (b × d). Numbers
/// have the digits that read back as the same float.
///
/// @param rows  b ≥ 1 rows of the table. @throws base::Error InvalidArgument: no such row.
/// Cost O(numbers written).
std::string batchSnippet(const table::EmbeddingTable& table, std::span<const std::int64_t> rows,
                         SnippetLanguage language);

/// Python code for the bag: `W`, `rows`, `multi_hot` (1 × n) and `result` (1 × d); for a sum or a
/// mean `product` (1 × d) as well.
std::string bagSnippet(const BagProduct& bag, SnippetLanguage language);

/// PyTorch code for the training step, the earlier steps included: `embedding`, `head`, `loss`,
/// `gradient` (of the table, n × d; zeros where frozen) and `after` (n × d). Clipping is left out.
std::string trainingSnippet(const TrainingStepSetup& setup);

/// Python code for what enters the head for a category: `one_hot`, `identity`, `random` and
/// `pretrained`, a row each (1 × width). Of the random table only the row that enters is written;
/// an identity of more than kMostSnippetNumbers numbers is its one-hot row without the matrix.
///
/// @param random  the numbers of that row. @param frozen  of the tables; NumPy knows no such thing.
/// @throws base::Error InvalidArgument: no such row. Cost O(n + numbers written).
std::string approachesSnippet(const ApproachQuestion& question, std::span<const float> random,
                              bool frozen, SnippetLanguage language);

}  // namespace embedscope::explain
