// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::search {

/// The labels of a table, or the texts of one of its metadata columns, prepared for being searched
/// again and again: beside them lies a copy in which capital letters are small ones. Immutable;
/// may be searched from several threads at once.
class SearchedTexts {
 public:
  /// Rows of a block: what one thread searches at a time.
  static constexpr std::int64_t kBlockRows = 16'384;

  /// No character of UTF-8 holds this byte: it ends every text of a block.
  static constexpr char kEnd = '\xFF';

  /// Some rows' texts in small letters, each with kEnd behind it.
  struct Block {
    std::string bytes;
    std::vector<std::uint32_t> ends;  ///< of each row, in `bytes`, kEnd not counted
  };

  /// @param column  the name of a metadata column; nothing: the labels.
  /// @return nothing when stopped.
  /// @throws Error InvalidArgument: no such column, or a text so long that a block would pass 4 GB.
  /// Cost O(bytes), parallel; memory as many bytes again.
  static std::shared_ptr<const SearchedTexts> of(table::TablePtr table,
                                                 const std::optional<std::string>& column = {},
                                                 const base::TaskContext& context = {});

  const table::TablePtr& table() const { return m_table; }

  std::int64_t size() const { return m_table->rowCount(); }

  /// The text of a row as it is. @param row  0 ≤ row < size().
  std::string_view text(std::int64_t row) const {
    return m_column == nullptr ? m_table->vocabulary().label(row)
                               : std::string_view(m_column->values[static_cast<std::size_t>(row)]);
  }

  /// Rows block·kBlockRows and on.
  std::span<const Block> blocks() const { return m_blocks; }

 private:
  SearchedTexts(table::TablePtr table, const table::MetadataColumn* column)
      : m_table(std::move(table)), m_column(column) {}

  Block blockOf(std::int64_t first, std::int64_t end) const;

  table::TablePtr m_table;
  const table::MetadataColumn* m_column;  ///< of the table; null: its labels
  std::vector<Block> m_blocks;
};

using SearchedTextsPtr = std::shared_ptr<const SearchedTexts>;

/// The text in small letters, in one form of each: the Greek ς as σ and the long ſ as s.
std::string folded(std::string_view utf8);

}  // namespace embedscope::search
