// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/text_lines.h"

#include "core/base/parallel.h"
#include "core/formats/byte_progress.h"

#include <algorithm>
#include <atomic>

namespace embedscope::formats {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20U;
constexpr std::size_t kMostCopied = 4 * kChunkBytes;

std::string_view withoutReturn(std::string_view line) {
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

void release(const base::MappedFile* file, std::string_view part) {
  if (file != nullptr) {
    file->release(part);
  }
}

/// Pieces of about kChunkBytes that end at line ends; a longer line stays in one piece.
std::vector<TextChunk> cutAtLines(std::string_view text, const base::MappedFile* file) {
  std::vector<TextChunk> chunks;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t target = begin + kChunkBytes;
    const std::size_t newline =
        target < text.size() ? text.find('\n', target - 1) : std::string_view::npos;
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    chunks.push_back({text.substr(begin, end - begin)});
    release(file, chunks.back().text);
    begin = end;
  }
  return chunks;
}

/// The same where line ends may stand inside quotes: only from the front can one tell.
std::vector<TextChunk> cutAtRecords(std::string_view text, const RecordCut& cut,
                                    const base::MappedFile* file, const ByteProgress& progress) {
  std::vector<TextChunk> chunks;
  while (!text.empty() && !progress.stopRequested()) {
    std::string_view rest = text;
    std::int64_t lines = 0;
    while (!rest.empty() && text.size() - rest.size() < kChunkBytes) {
      takeRecord(rest, cut, lines);
    }
    chunks.push_back({text.substr(0, text.size() - rest.size())});
    release(file, chunks.back().text);
    text = rest;
  }
  return chunks;
}

bool holdCharacter(const std::vector<TextChunk>& chunks, char wanted,
                   const base::MappedFile* file) {
  std::atomic<bool> found = false;
  base::parallelBlocks(static_cast<std::int64_t>(chunks.size()), [&](std::int64_t block) {
    const std::string_view text = chunks[static_cast<std::size_t>(block)].text;
    if (!found && PassOver(text, file).bytes().find(wanted) != std::string_view::npos) {
      found = true;
    }
  });
  return found;
}

/// @param rest  the bytes of the chunk.
void count(TextChunk& chunk, std::string_view rest, const RecordCut& cut) {
  while (!rest.empty()) {
    chunk.rows += isBlank(takeRecord(rest, cut, chunk.lines)) ? 0 : 1;
  }
}

/// True when the quote at `at` stands where a field begins; blanks before it do not count.
bool opensField(std::string_view text, std::size_t at, char delimiter) {
  while (at > 0 && text[at - 1] != delimiter && (text[at - 1] == ' ' || text[at - 1] == '\t')) {
    --at;
  }
  return at == 0 || text[at - 1] == delimiter;
}

/// Where the quoted field that begins at `open` ends: behind its closing quote; npos for never.
std::size_t endOfQuoted(std::string_view text, std::size_t open, char quote) {
  for (std::size_t close = text.find(quote, open + 1); close != std::string_view::npos;
       close = text.find(quote, close + 2)) {
    if (close + 1 == text.size() || text[close + 1] != quote) {
      return close + 1;
    }
    if (close + 2 >= text.size()) {
      break;
    }
  }
  return std::string_view::npos;
}

}  // namespace

PassOver::PassOver(std::string_view text, const base::MappedFile* file)
    : m_text(text), m_file(file), m_bytes(text) {
  thread_local std::vector<char> buffer;
  if (file != nullptr && text.size() <= kMostCopied) {
    m_bytes = file->read(text, buffer);
  }
}

PassOver::~PassOver() {
  if (m_bytes.data() == m_text.data()) {
    release(m_file, m_text);
  }
}

std::string_view takeLine(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  const std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
  return withoutReturn(line);
}

std::string_view takeRecord(std::string_view& text, const RecordCut& cut, std::int64_t& lines) {
  if (cut.quote == '\0') {
    ++lines;
    return takeLine(text);
  }
  const std::size_t newline = text.find('\n');
  std::size_t quote = text.substr(0, newline).find(cut.quote);
  if (quote == std::string_view::npos) {
    ++lines;
    return takeLine(text);
  }
  std::size_t end = newline;
  while (quote != std::string_view::npos) {
    std::size_t next = quote + 1;
    if (opensField(text, quote, cut.delimiter)) {
      next = endOfQuoted(text, quote, cut.quote);
      if (next == std::string_view::npos) {
        end = next;
        break;
      }
      if (next > end) {  // the line end was inside the quotes
        end = text.find('\n', next);
      }
    }
    quote = text.substr(0, end).find(cut.quote, next);
  }
  const std::string_view record = text.substr(0, end);
  lines += 1 + std::count(record.begin(), record.end(), '\n');
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return withoutReturn(record);
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

std::optional<LineIndex> LineIndex::build(std::string_view text, const RecordCut& cut,
                                          const base::MappedFile* file,
                                          const base::TaskContext& context) {
  LineIndex index;
  index.m_cut = cut;
  ByteProgress progress(context, text.size());
  index.m_chunks = cutAtLines(text, file);
  if (cut.quote != '\0' && holdCharacter(index.m_chunks, cut.quote, file)) {
    index.m_chunks = cutAtRecords(text, cut, file, progress);
  }
  base::parallelBlocks(static_cast<std::int64_t>(index.m_chunks.size()), [&](std::int64_t block) {
    if (!progress.stopRequested()) {
      TextChunk& chunk = index.m_chunks[static_cast<std::size_t>(block)];
      count(chunk, PassOver(chunk.text, file).bytes(), cut);
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
  for (std::string_view rest = chunk->text; !rest.empty();) {
    const std::int64_t begin = line;
    if (!isBlank(takeRecord(rest, m_cut, line)) && at++ == row) {
      return begin;
    }
  }
  return line;
}

std::string_view LineIndex::lastRow() const {
  const auto chunk = std::find_if(m_chunks.rbegin(), m_chunks.rend(),
                                  [](const TextChunk& candidate) { return candidate.rows > 0; });
  std::string_view last;
  std::int64_t lines = 0;
  for (std::string_view rest = chunk->text; !rest.empty();) {
    const std::string_view record = takeRecord(rest, m_cut, lines);
    last = isBlank(record) ? last : record;
  }
  return last;
}

void LineIndex::dropLastRow() {
  while (m_chunks.back().rows == 0) {
    m_chunks.pop_back();
  }
  TextChunk& chunk = m_chunks.back();
  const std::string_view last = lastRow();
  chunk.text = chunk.text.substr(0, static_cast<std::size_t>(last.data() - chunk.text.data()));
  chunk.lines = 0;
  chunk.rows = 0;
  count(chunk, chunk.text, m_cut);
  --m_rows;
}

std::string_view firstRows(std::string_view text, std::int64_t rows, const RecordCut& cut,
                           const base::TaskContext& context) {
  std::string_view rest = text;
  std::int64_t lines = 0;
  while (rows > 0 && !rest.empty() && !context.stopRequested()) {
    rows -= isBlank(takeRecord(rest, cut, lines)) ? 0 : 1;
  }
  return text.substr(0, text.size() - rest.size());
}

}  // namespace embedscope::formats
