// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/label_search.h"

#include "core/base/parallel.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <string>
#include <string_view>

namespace embedscope::document {

namespace {

constexpr std::int64_t kBlockRows = 16'384;

enum Kind { Equal, Starting, Containing, KindCount };

/// What one block of rows contributes.
struct BlockResult {
  std::int64_t count = 0;
  std::array<std::vector<std::int64_t>, KindCount> rows;
};

bool isAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Compares labels with one folded query. Not thread-safe: each block uses its own.
class Matcher {
 public:
  explicit Matcher(std::string_view foldedQuery) : m_query(foldedQuery) {}

  std::optional<Kind> match(std::string_view label) {
    const std::string_view folded = fold(label);
    const std::size_t place = folded.find(m_query);
    if (place == std::string_view::npos) {
      return {};
    }
    if (place != 0) {
      return Containing;
    }
    return folded.size() == m_query.size() ? Equal : Starting;
  }

 private:
  std::string_view fold(std::string_view label) {
    if (isAscii(label)) {
      m_folded.resize(label.size());
      std::ranges::transform(label, m_folded.begin(), lowered);
    } else {
      m_folded = QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()))
                     .toCaseFolded()
                     .toStdString();
    }
    return m_folded;
  }

  std::string_view m_query;
  std::string m_folded;
};

BlockResult searchBlock(const table::Vocabulary& vocabulary, std::string_view query,
                        std::size_t limit, std::int64_t begin, std::int64_t end) {
  BlockResult result;
  Matcher matcher(query);
  for (std::int64_t row = begin; row < end; ++row) {
    if (const std::optional<Kind> kind = matcher.match(vocabulary.label(row))) {
      ++result.count;
      std::vector<std::int64_t>& rows = result.rows[*kind];
      if (rows.size() < limit) {
        rows.push_back(row);
      }
    }
  }
  return result;
}

SearchResult merged(const std::vector<BlockResult>& blocks, std::size_t limit) {
  SearchResult result;
  for (const BlockResult& block : blocks) {
    result.count += block.count;
  }
  for (const Kind kind : {Equal, Starting, Containing}) {
    for (const BlockResult& block : blocks) {
      const std::vector<std::int64_t>& rows = block.rows[kind];
      const std::size_t room = std::min(rows.size(), limit - result.rows.size());
      result.rows.insert(result.rows.end(), rows.begin(),
                         rows.begin() + static_cast<std::ptrdiff_t>(room));
    }
  }
  return result;
}

}  // namespace

SearchResult searchLabels(const table::Vocabulary& vocabulary, const QString& query,
                          std::size_t limit, const base::TaskContext& context) {
  const std::string folded = query.toCaseFolded().toStdString();
  const std::int64_t blockCount = (vocabulary.size() + kBlockRows - 1) / kBlockRows;
  std::vector<BlockResult> blocks(static_cast<std::size_t>(blockCount));
  std::atomic<std::int64_t> finished = 0;
  base::parallelBlocks(blockCount, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t begin = block * kBlockRows;
    const std::int64_t end = std::min(begin + kBlockRows, vocabulary.size());
    blocks[static_cast<std::size_t>(block)] = searchBlock(vocabulary, folded, limit, begin, end);
    context.report(static_cast<double>(++finished) / static_cast<double>(blockCount));
  });
  return context.stopRequested() ? SearchResult{} : merged(blocks, limit);
}

}  // namespace embedscope::document
