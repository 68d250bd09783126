// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/word_index.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text_case.h"
#include "core/neighbors/kernels.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace embedscope::evaluation {

namespace {

constexpr std::int64_t kRowsPerBlock = 2048;

bool isRepeated(const table::Vocabulary& labels, std::int64_t row) {
  return labels.duplicateCount() > 0 && labels.find(labels.label(row)) != row;
}

/// The row behind the first `wanted` labels, those that repeat an earlier one not counted.
std::int64_t endOfLabels(const table::Vocabulary& labels, std::int64_t wanted) {
  if (wanted == 0 || wanted >= labels.size()) {
    return labels.size();
  }
  std::int64_t row = 0;
  for (std::int64_t counted = 0; row < labels.size() && counted < wanted; ++row) {
    counted += isRepeated(labels, row) ? 0 : 1;
  }
  return row;
}

}  // namespace

std::optional<WordIndex> WordIndex::build(const table::EmbeddingTable& table,
                                          const MatchOptions& options,
                                          const base::TaskContext& context) {
  if (options.firstLabels < 0) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "the number of labels that take part cannot be negative");
  }
  WordIndex index(options);
  const std::int64_t end = endOfLabels(table.vocabulary(), options.firstLabels);
  index.m_lengths.resize(static_cast<std::size_t>(end));
  index.m_wordOfRow.assign(static_cast<std::size_t>(end), -1);
  if (!index.measureRows(table, context) || !index.addLabels(table.vocabulary(), context)) {
    return {};
  }
  return index;
}

/// @return false when stopped.
bool WordIndex::measureRows(const table::EmbeddingTable& table, const base::TaskContext& context) {
  const std::int64_t blocks = (rowEnd() + kRowsPerBlock - 1) / kRowsPerBlock;
  base::parallelBlocks(blocks, [&](std::int64_t block) {
    const std::int64_t end = std::min(rowEnd(), (block + 1) * kRowsPerBlock);
    for (std::int64_t row = block * kRowsPerBlock; row < end && !context.stopRequested(); ++row) {
      const std::span<const float> values = table.row(row);
      m_lengths[static_cast<std::size_t>(row)] =
          neighbors::vectorLength(values.data(), values.size());
    }
  });
  return !context.stopRequested();
}

/// @return false when stopped.
bool WordIndex::addLabels(const table::Vocabulary& labels, const base::TaskContext& context) {
  for (std::int64_t row = 0; row < rowEnd() && !context.stopRequested(); ++row) {
    if (!std::isfinite(length(row)) || isRepeated(labels, row)) {
      continue;
    }
    const std::string_view label = labels.label(row);
    const std::int64_t word =
        m_words.findOrAppend(m_options.isCaseSensitive ? label : base::upperCased(label));
    m_wordOfRow[static_cast<std::size_t>(row)] = word;
    if (word == static_cast<std::int64_t>(m_rowOfWord.size())) {
      m_rowOfWord.push_back(row);
    }
  }
  return !context.stopRequested();
}

std::optional<std::int64_t> WordIndex::find(std::string_view word) const {
  return m_words.find(m_options.isCaseSensitive ? word : base::upperCased(word));
}

}  // namespace embedscope::evaluation
