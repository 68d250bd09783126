// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace embedscope::evaluation {

/// How the words of a file find their rows; the defaults are gensim's.
struct MatchOptions {
  std::int64_t firstLabels = 300'000;  ///< so many labels take part; 0 for all. `restrict_vocab`
  bool isCaseSensitive = false;        ///< otherwise words are compared in upper case
};

/// The words that the first labels of a table stand for. Words are numbered; labels that differ in
/// case alone are one word, unless case counts, and the first of their rows has its vector.
///
/// A label that has occurred before takes no part, and neither does a row that holds NaN or
/// infinity. (gensim drops the former when it reads a file.)
class WordIndex {
 public:
  /// @return nothing when stopped.
  /// @throws Error InvalidArgument: firstLabels < 0.
  /// Cost O(n·d) for the lengths, parallel, and O(n) for the labels.
  static std::optional<WordIndex> build(const table::EmbeddingTable& table,
                                        const MatchOptions& options,
                                        const base::TaskContext& context);

  /// The number of a word. Expected O(1).
  std::optional<std::int64_t> find(std::string_view word) const;

  /// The row whose vector a word has. @param word  its number.
  std::int64_t rowOf(std::int64_t word) const {
    return m_rowOfWord[static_cast<std::size_t>(word)];
  }

  /// The word of a row; nothing when it takes no part. @param row  0 ≤ row < rowEnd().
  std::optional<std::int64_t> wordOf(std::int64_t row) const {
    const std::int64_t word = m_wordOfRow[static_cast<std::size_t>(row)];
    return word < 0 ? std::nullopt : std::optional(word);
  }

  /// The row behind the last one that takes part.
  std::int64_t rowEnd() const { return static_cast<std::int64_t>(m_wordOfRow.size()); }

  /// Length of the vector of a row, accumulated in double. @param row  0 ≤ row < rowEnd().
  double length(std::int64_t row) const { return m_lengths[static_cast<std::size_t>(row)]; }

 private:
  explicit WordIndex(const MatchOptions& options) : m_options(options) {}

  bool measureRows(const table::EmbeddingTable& table, const base::TaskContext& context);
  bool addLabels(const table::Vocabulary& labels, const base::TaskContext& context);

  MatchOptions m_options;
  table::Vocabulary m_words;
  std::vector<std::int64_t> m_rowOfWord;
  std::vector<std::int64_t> m_wordOfRow;  ///< -1: takes no part
  std::vector<double> m_lengths;
};

}  // namespace embedscope::evaluation
