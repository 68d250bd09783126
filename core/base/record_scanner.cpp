// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/record_scanner.h"

#include <algorithm>

namespace embedscope::base {

namespace {

bool isBlank(char c) {
  return c == ' ' || c == '\t' || c == '\0' || c == '\n' || c == '\r';
}

}  // namespace

std::string_view trimmedCell(std::string_view text) {
  while (!text.empty() && isBlank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && isBlank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

RecordScanner::RecordScanner(std::string_view text, const RecordSyntax& syntax)
    : m_text(text), m_syntax(syntax) {}

RecordScanner::Outcome RecordScanner::next() {
  while (m_position < m_text.size()) {
    m_recordLine = m_line;
    if (!readRecord()) {
      return Outcome::OpenQuote;
    }
    const bool blankLine = m_cells.size() == 1 && m_cells.front().empty() && !m_sawQuote;
    if (!blankLine) {
      return Outcome::Record;
    }
  }
  return Outcome::End;
}

bool RecordScanner::mixedLineEnds() const {
  return static_cast<int>(m_sawLf) + static_cast<int>(m_sawCrLf) + static_cast<int>(m_sawCr) > 1;
}

/// False when the text ends inside quotes.
bool RecordScanner::readRecord() {
  m_cells.clear();
  m_unescaped.clear();
  m_textAfterQuote = false;
  m_sawQuote = false;
  while (true) {
    if (!readField()) {
      return false;
    }
    if (!atDelimiter()) {
      break;
    }
    m_position += m_syntax.delimiter.size();
  }
  if (m_position < m_text.size()) {
    consumeLineEnd();
  }
  return true;
}

bool RecordScanner::readField() {
  const std::size_t start = m_position;
  skipBlanks();
  if (m_position < m_text.size() && m_text[m_position] == m_syntax.quote) {
    return readQuoted();
  }
  m_position = start;
  readPlain();
  return true;
}

bool RecordScanner::readQuoted() {
  m_sawQuote = true;
  const std::int64_t openLine = m_line;
  std::string cell;
  ++m_position;
  while (true) {
    const std::size_t close = m_text.find(m_syntax.quote, m_position);
    if (close == std::string_view::npos) {
      m_recordLine = openLine;
      m_position = m_text.size();
      return false;
    }
    const std::string_view piece = m_text.substr(m_position, close - m_position);
    for (std::size_t i = 0; i < piece.size(); ++i) {
      // CR of a CRLF is not a line of its own.
      m_line +=
          piece[i] == '\n' || (piece[i] == '\r' && (i + 1 == piece.size() || piece[i + 1] != '\n'));
    }
    m_position = close + 1;
    const bool doubled = m_position < m_text.size() && m_text[m_position] == m_syntax.quote;
    if (!doubled && cell.empty() && (m_position == m_text.size() || atDelimiter() || atLineEnd())) {
      take(piece);
      return true;
    }
    cell += piece;
    if (!doubled) {
      break;
    }
    cell += m_syntax.quote;
    ++m_position;
  }
  // What follows a closing quote belongs to the cell as it stands.
  const std::size_t rest = m_position;
  while (m_position < m_text.size() && !atDelimiter() && !atLineEnd()) {
    ++m_position;
  }
  const std::string_view tail = m_text.substr(rest, m_position - rest);
  if (!trimmedCell(tail).empty()) {
    m_textAfterQuote = true;
    cell += tail;
  }
  m_unescaped.push_back(std::move(cell));
  take(m_unescaped.back());
  return true;
}

void RecordScanner::readPlain() {
  const std::size_t start = m_position;
  const char first = m_syntax.delimiter.front();
  while (m_position < m_text.size()) {
    const char c = m_text[m_position];
    if (c == '\n' || c == '\r' || (c == first && atDelimiter())) {
      break;
    }
    ++m_position;
  }
  m_cells.push_back(trimmedCell(m_text.substr(start, m_position - start)));
}

/// Keeps a cell that stood in quotes.
void RecordScanner::take(std::string_view quoted) {
  m_cells.push_back(m_syntax.trimsQuoted ? trimmedCell(quoted) : quoted);
}

void RecordScanner::skipBlanks() {
  while (m_position < m_text.size() && !atDelimiter() &&
         (m_text[m_position] == ' ' || m_text[m_position] == '\t')) {
    ++m_position;
  }
}

bool RecordScanner::atDelimiter() const {
  return m_text.compare(m_position, m_syntax.delimiter.size(), m_syntax.delimiter) == 0;
}

bool RecordScanner::atLineEnd() const {
  return m_text[m_position] == '\n' || m_text[m_position] == '\r';
}

void RecordScanner::consumeLineEnd() {
  if (m_text[m_position] == '\n') {
    m_sawLf = true;
    ++m_position;
  } else if (m_position + 1 < m_text.size() && m_text[m_position + 1] == '\n') {
    m_sawCrLf = true;
    m_position += 2;
  } else {
    m_sawCr = true;
    ++m_position;
  }
  ++m_line;
}

}  // namespace embedscope::base
