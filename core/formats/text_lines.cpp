// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_lines.h"

#include "core/base/parallel.h"
#include "core/formats/byte_progress.h"

#include <algorithm>

namespace embedscope::formats {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20U;

std::string_view withoutReturn(std::string_view line) {
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

/// Pieces of about kChunkBytes; a longer line stays in one piece.
std::vector<TextChunk> cut(std::string_view text) {
  std::vector<TextChunk> chunks;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t target = begin + kChunkBytes;
    const std::size_t newline =
        target < text.size() ? text.find('\n', target - 1) : std::string_view::npos;
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    chunks.push_back({text.substr(begin, end - begin)});
    begin = end;
  }
  return chunks;
}

void count(TextChunk& chunk) {
  std::string_view rest = chunk.text;
  while (!rest.empty()) {
    ++chunk.lines;
    chunk.rows += isBlank(takeLine(rest)) ? 0 : 1;
  }
}

}  // namespace

std::string_view takeLine(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  const std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  return withoutReturn(line);
}

std::string_view firstLine(std::string_view text, std::size_t limit) {
  text = text.substr(0, limit);
  return withoutReturn(text.substr(0, text.find('\n')));
}

bool isBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::optional<LineIndex> LineIndex::build(std::string_view text, const base::TaskContext& context) {
  LineIndex index;
  index.m_chunks = cut(text);
  ByteProgress progress(context, text.size());
  base::parallelBlocks(static_cast<std::int64_t>(index.m_chunks.size()), [&](std::int64_t block) {
    if (!progress.stopRequested()) {
      TextChunk& chunk = index.m_chunks[static_cast<std::size_t>(block)];
      count(chunk);
      progress.add(chunk.text.size());
    }
  });
  if (progress.stopRequested()) {
    return {};
  }
  std::int64_t lines = 0;
  for (TextChunk& chunk : index.m_chunks) {
    chunk.firstRow = index.m_rows;
    chunk.firstLine = lines;
    index.m_rows += chunk.rows;
    lines += chunk.lines;
  }
  return index;
}

std::int64_t LineIndex::lineOfRow(std::int64_t row) const {
  auto chunk = std::ranges::upper_bound(m_chunks, row, {}, &TextChunk::firstRow);
  --chunk;
  std::int64_t line = chunk->firstLine;
  std::int64_t at = chunk->firstRow;
  for (std::string_view rest = chunk->text; !rest.empty(); ++line) {
    if (!isBlank(takeLine(rest)) && at++ == row) {
      break;
    }
  }
  return line;
}

std::string_view firstRows(std::string_view text, std::int64_t rows,
                           const base::TaskContext& context) {
  std::string_view rest = text;
  while (rows > 0 && !rest.empty() && !context.stopRequested()) {
    rows -= isBlank(takeLine(rest)) ? 0 : 1;
  }
  return text.substr(0, text.size() - rest.size());
}

}  // namespace embedscope::formats
