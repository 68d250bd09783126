// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/search.h"

#include "core/base/parallel.h"
#include "core/search/expression.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>

namespace embedscope::search {

namespace {

enum Kind { Equal, Beginning, Containing, KindCount };

/// What one block of rows contributes.
struct BlockHits {
  std::vector<std::int64_t> rows;
  std::array<std::vector<std::int64_t>, KindCount> first;  ///< at most as many as are wanted
};

/// One query over blocks of texts. Immutable.
class Search {
 public:
  Search(const SearchedTexts& texts, const Query& query, std::size_t most)
      : m_texts(texts), m_mode(query.mode), m_most(most), m_query(folded(query.text)) {
    if (m_mode == Mode::Expression) {
      m_expression.emplace(query.text, /*matchesCase=*/false);
    }
  }

  BlockHits inBlock(std::int64_t number) const {
    const SearchedTexts::Block& block = m_texts.blocks()[static_cast<std::size_t>(number)];
    const std::int64_t first = number * SearchedTexts::kBlockRows;
    BlockHits hits;
    switch (m_mode) {
      case Mode::Part:
        findParts(block, first, hits);
        break;
      case Mode::Beginning:
      case Mode::Whole:
        findBeginnings(block, first, hits);
        break;
      case Mode::Expression:
        findExpression(block, first, hits);
        break;
    }
    return hits;
  }

 private:
  void add(BlockHits& hits, std::int64_t row, Kind kind) const {
    hits.rows.push_back(row);
    if (hits.first[kind].size() < m_most) {
      hits.first[kind].push_back(row);
    }
  }

  /// Goes over all texts of the block at once: a query holds no end of a text.
  void findParts(const SearchedTexts::Block& block, std::int64_t first, BlockHits& hits) const {
    std::size_t row = 0;
    for (std::size_t at = block.bytes.find(m_query); at != std::string::npos;
         at = block.bytes.find(m_query, at)) {
      while (block.ends[row] < at) {
        ++row;
      }
      const std::size_t begin = row == 0 ? 0 : block.ends[row - 1] + 1;
      const Kind kind = at != begin                                 ? Containing
                        : block.ends[row] - begin == m_query.size() ? Equal
                                                                    : Kind::Beginning;
      add(hits, first + static_cast<std::int64_t>(row), kind);
      at = block.ends[row] + 1;
    }
  }

  void findBeginnings(const SearchedTexts::Block& block, std::int64_t first,
                      BlockHits& hits) const {
    const std::string_view bytes = block.bytes;
    std::size_t begin = 0;
    for (std::size_t row = 0; row < block.ends.size(); ++row) {
      const std::size_t size = block.ends[row] - begin;
      const bool mayMatch = m_mode == Mode::Whole ? size == m_query.size() : size >= m_query.size();
      if (mayMatch && bytes.substr(begin, m_query.size()) == m_query) {
        add(hits, first + static_cast<std::int64_t>(row),
            size == m_query.size() ? Equal : Kind::Beginning);
      }
      begin = block.ends[row] + 1;
    }
  }

  /// Texts as they are: in small letters, classes of characters would mean others.
  void findExpression(const SearchedTexts::Block& block, std::int64_t first,
                      BlockHits& hits) const {
    for (std::size_t i = 0; i < block.ends.size(); ++i) {
      const std::int64_t row = first + static_cast<std::int64_t>(i);
      if (m_expression->matches(m_texts.text(row))) {
        add(hits, row, Containing);
      }
    }
  }

  const SearchedTexts& m_texts;
  Mode m_mode;
  std::size_t m_most;
  std::string m_query;
  std::optional<Expression> m_expression;
};

Hits merged(const std::vector<BlockHits>& blocks, std::size_t most) {
  Hits hits;
  std::size_t count = 0;
  for (const BlockHits& block : blocks) {
    count += block.rows.size();
  }
  hits.rows.reserve(count);
  for (const BlockHits& block : blocks) {
    hits.rows.insert(hits.rows.end(), block.rows.begin(), block.rows.end());
  }
  for (const Kind kind : {Equal, Kind::Beginning, Containing}) {
    for (const BlockHits& block : blocks) {
      const std::vector<std::int64_t>& rows = block.first[kind];
      const std::size_t room = std::min(rows.size(), most - hits.first.size());
      hits.first.insert(hits.first.end(), rows.begin(),
                        rows.begin() + static_cast<std::ptrdiff_t>(room));
    }
  }
  return hits;
}

}  // namespace

Hits search(const SearchedTexts& texts, const Query& query, std::size_t most,
            const base::TaskContext& context) {
  if (query.text.empty()) {
    return {};
  }
  const Search search(texts, query, most);
  std::vector<BlockHits> blocks(texts.blocks().size());
  std::atomic<std::int64_t> done = 0;
  base::parallelBlocks(static_cast<std::int64_t>(blocks.size()), [&](std::int64_t block) {
    if (!context.stopRequested()) {
      blocks[static_cast<std::size_t>(block)] = search.inBlock(block);
      context.report(static_cast<double>(++done) / static_cast<double>(blocks.size()));
    }
  });
  return context.stopRequested() ? Hits{} : merged(blocks, most);
}

}  // namespace embedscope::search
