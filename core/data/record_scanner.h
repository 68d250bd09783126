// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/delimited.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::data {

/// Cuts delimited text into records, one at a time (RFC 4180).
///
/// A quote opens only where a field starts (blanks before it are skipped), is doubled to stand for
/// itself, and may enclose delimiters and line ends. LF, CRLF and a lone CR end a line. Blank lines
/// are skipped. Cells come unquoted and without the blanks around them.
class RecordScanner {
 public:
  enum class Outcome {
    Record,     ///< cells() holds the next record
    End,        ///< nothing is left
    OpenQuote,  ///< the text ends inside a quoted field that began in line()
  };

  /// @param text  must outlive the scanner.
  RecordScanner(std::string_view text, const Dialect& dialect);

  /// Moves on to the next record that is not a blank line.
  Outcome next();

  /// Valid until the next call of next().
  std::vector<std::string_view>& cells() { return m_cells; }

  /// Line in which the record (or the open quote) begins, counted from 1.
  std::int64_t line() const { return m_recordLine; }

  /// Bytes consumed so far.
  std::size_t position() const { return m_position; }

  /// True when letters follow the closing quote of a field of this record, as in `"a"b`.
  bool textAfterQuote() const { return m_textAfterQuote; }

  /// True when more than one kind of line end occurred outside quotes so far.
  bool mixedLineEnds() const;

 private:
  bool readRecord();
  bool readField();
  bool readQuoted();
  void readPlain();
  void skipBlanks();
  bool atDelimiter() const;
  bool atLineEnd() const;
  void consumeLineEnd();

  std::string_view m_text;
  std::string m_delimiter;
  char m_quote;
  std::size_t m_position = 0;
  std::int64_t m_line = 1;
  std::int64_t m_recordLine = 1;
  std::vector<std::string_view> m_cells;
  std::deque<std::string> m_unescaped;  ///< cells that are not a piece of the text as it stands
  bool m_textAfterQuote = false;
  bool m_sawQuote = false;
  bool m_sawLf = false;
  bool m_sawCrLf = false;
  bool m_sawCr = false;
};

/// The text without blanks (space, tab, NUL, line ends) at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace embedscope::data
