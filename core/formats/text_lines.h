// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/base/task_context.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// Takes the first line off `text`. @return it without its line end (LF or CRLF).
std::string_view takeLine(std::string_view& text);

/// How a text is cut into records: at line ends, but not at those inside quotes.
struct RecordCut {
  char quote = '\0';     ///< none: every line is a record
  char delimiter = ',';  ///< of fields; a quote opens only where a field begins
};

/// Takes the first record off `text`; one whose quote is never closed goes on to the end.
///
/// @param lines  grows by the number of lines taken.
/// @return it without its line end (LF or CRLF).
std::string_view takeRecord(std::string_view& text, const RecordCut& cut, std::int64_t& lines);

/// The line that begins at the start of `text`, not longer than `limit` bytes.
std::string_view firstLine(std::string_view text, std::size_t limit);

/// True when a line holds nothing but blanks and tabs.
bool isBlank(std::string_view line);

/// The text without blanks and tabs at both ends.
std::string_view trimmed(std::string_view text);

/// A piece of a text that begins and ends at borders of records.
struct TextChunk {
  std::string_view text;
  std::int64_t firstRow = 0;   ///< number of its first row, from 0
  std::int64_t firstLine = 0;  ///< number of its first line, from 0
  std::int64_t rows = 0;
  std::int64_t lines = 0;
};

/// The bytes of a piece of a text for one pass over them: of a file they are read into a buffer of
/// the thread, of which a thread uses one at a time. A piece that is one enormous line is not
/// copied but mapped, and its pages are released at the end of the scope.
class PassOver {
 public:
  /// @param file  that the text lies in; null: it is in memory.
  PassOver(std::string_view text, const base::MappedFile* file);
  ~PassOver();
  PassOver(const PassOver&) = delete;
  PassOver& operator=(const PassOver&) = delete;

  std::string_view bytes() const { return m_bytes; }

 private:
  std::string_view m_text;
  const base::MappedFile* m_file;
  std::string_view m_bytes;
};

/// A text cut into chunks at borders of records, with every chunk's place in the order of rows.
///
/// A row is a record that is not a blank line. Chunk borders depend on the text alone, so that work
/// over chunks gives the same result for any number of threads.
class LineIndex {
 public:
  /// Cost: one pass over the text, in parallel unless it holds quotes. @return nothing when
  /// stopped.
  /// @param file  that the text lies in, or null: then it is not mapped for counting.
  static std::optional<LineIndex> build(std::string_view text, const RecordCut& cut,
                                        const base::MappedFile* file,
                                        const base::TaskContext& context);

  const std::vector<TextChunk>& chunks() const { return m_chunks; }

  std::int64_t rowCount() const { return m_rows; }

  /// The line (from 0) on which a row stands. O(chunk). @param row  0 ≤ row < rowCount().
  std::int64_t lineOfRow(std::int64_t row) const;

  /// The last row's record. There has to be one.
  std::string_view lastRow() const;

  /// Takes the last row out of the index, with all that follows it.
  void dropLastRow();

 private:
  RecordCut m_cut;
  std::vector<TextChunk> m_chunks;
  std::int64_t m_rows = 0;
};

/// The part of `text` that holds its first `rows` rows; less when stopped.
std::string_view firstRows(std::string_view text, std::int64_t rows, const RecordCut& cut,
                           const base::TaskContext& context);

}  // namespace embedscope::formats
