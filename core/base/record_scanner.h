// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::base {

/// How the fields of delimited text are parted.
struct RecordSyntax {
  std::string delimiter = ",";  ///< at least one character
  char quote = '"';
  bool trimsQuoted = true;  ///< blanks inside quotes, at the ends of a cell, are left out
};

/// Cuts delimited text into records, one at a time (RFC 4180).
///
/// A quote opens only where a field starts (blanks before it are skipped), is doubled to stand for
/// itself, and may enclose delimiters and line ends. LF, CRLF and a lone CR end a line. Blank lines
/// are skipped. Cells come unquoted and without the blanks around them (those inside
/// quotes as RecordSyntax says).
class RecordScanner {
 public:
  enum class Outcome {
    Record,     ///< cells() holds the next record
    End,        ///< nothing is left
    OpenQuote,  ///< the text ends inside a quoted field that began in line()
  };

  /// @param text  must outlive the scanner.
  RecordScanner(std::string_view text, const RecordSyntax& syntax);

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
  void take(std::string_view quoted);
  void skipBlanks();
  bool atDelimiter() const;
  bool atLineEnd() const;
  void consumeLineEnd();

  std::string_view m_text;
  RecordSyntax m_syntax;
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
std::string_view trimmedCell(std::string_view text);

}  // namespace embedscope::base
