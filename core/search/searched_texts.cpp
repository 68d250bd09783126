// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/searched_texts.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/base/text_case.h"

#include <algorithm>
#include <atomic>
#include <limits>

namespace embedscope::search {

namespace {

bool isAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

void appendFolded(std::string& out, std::string_view text) {
  if (isAscii(text)) {
    std::ranges::transform(text, std::back_inserter(out), lowered);
  } else {
    out += folded(text);
  }
}

}  // namespace

std::string folded(std::string_view utf8) {
  std::string text = base::lowerCased(utf8);
  replaceAll(text, "ς", "σ");
  replaceAll(text, "ſ", "s");
  return text;
}

SearchedTextsPtr SearchedTexts::of(table::TablePtr table, const std::optional<std::string>& column,
                                   const base::TaskContext& context) {
  const table::MetadataColumn* known = column ? table->metadata().find(*column) : nullptr;
  if (column && known == nullptr) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "the table has no column \"" + base::shownUtf8(*column) + "\"");
  }
  const std::shared_ptr<SearchedTexts> texts(new SearchedTexts(std::move(table), known));
  const std::int64_t count = (texts->size() + kBlockRows - 1) / kBlockRows;
  texts->m_blocks.resize(static_cast<std::size_t>(count));
  std::atomic<std::int64_t> done = 0;
  base::parallelBlocks(count, [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t first = block * kBlockRows;
    texts->m_blocks[static_cast<std::size_t>(block)] =
        texts->blockOf(first, std::min(first + kBlockRows, texts->size()));
    context.report(static_cast<double>(++done) / static_cast<double>(count));
  });
  return context.stopRequested() ? nullptr : texts;
}

SearchedTexts::Block SearchedTexts::blockOf(std::int64_t first, std::int64_t end) const {
  std::size_t bytes = 0;
  for (std::int64_t row = first; row < end; ++row) {
    bytes += text(row).size() + 1;
  }
  Block block;
  block.bytes.reserve(bytes);
  block.ends.reserve(static_cast<std::size_t>(end - first));
  for (std::int64_t row = first; row < end; ++row) {
    appendFolded(block.bytes, text(row));
    if (block.bytes.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw base::Error(base::ErrorCode::InvalidArgument,
                        "row " + std::to_string(row) + " holds too long a text to be searched");
    }
    block.ends.push_back(static_cast<std::uint32_t>(block.bytes.size()));
    block.bytes += kEnd;
  }
  return block;
}

}  // namespace embedscope::search
