// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv_rows.h"

#include "core/base/decimal_comma.h"
#include "core/base/text.h"
#include "core/formats/decimal.h"

#include <algorithm>
#include <functional>

namespace embedscope::formats {

namespace {

bool isBlankCharacter(char c) {
  return c == ' ' || c == '\t' || c == '\0' || c == '\r';
}

/// What base::trimmedCell does, inlined: it is called for every number.
std::string_view trimmedField(const char* begin, const char* end) {
  while (begin != end && isBlankCharacter(*begin)) {
    ++begin;
  }
  while (begin != end && isBlankCharacter(end[-1])) {
    --end;
  }
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool isPieceOf(std::string_view whole, std::string_view piece) {
  return !std::less<>{}(piece.data(), whole.data()) &&
         !std::less<>{}(whole.data() + whole.size(), piece.data() + piece.size());
}

RowFault wrongFieldCount(std::size_t found, std::size_t expected) {
  return wrongCount(static_cast<std::int64_t>(found), static_cast<std::int64_t>(expected), "field",
                    "fields");
}

}  // namespace

CsvRows::CsvRows(CsvColumns columns, char delimiter)
    : m_columns(std::move(columns)), m_delimiter(delimiter), m_roles(m_columns.names.size()) {
  for (std::size_t i = 0; i < m_columns.numbers.size(); ++i) {
    m_roles[m_columns.numbers[i]] = {Role::Kind::Number, i};
  }
  for (std::size_t i = 0; i < m_columns.metadata.size(); ++i) {
    m_roles[m_columns.metadata[i]] = {Role::Kind::Metadata, i};
    m_metadataNames.push_back(m_columns.names[m_columns.metadata[i]]);
  }
  if (m_columns.label) {
    m_roles[*m_columns.label] = {Role::Kind::Label, 0};
  }
}

std::optional<RowFault> CsvRows::read(std::string_view record, float* values,
                                      RowTexts& texts) const {
  std::optional<RowFault> fault = record.find('"') == std::string_view::npos
                                      ? readPlain(record, values, texts)
                                      : readQuoted(record, values, texts);
  return fault || !m_columns.label ? fault : labelFault(texts.label);
}

std::optional<RowFault> CsvRows::readPlain(std::string_view record, float* values,
                                           RowTexts& texts) const {
  const char* begin = record.data();
  const char* end = begin + record.size();
  const std::size_t found = 1 + static_cast<std::size_t>(std::count(begin, end, m_delimiter));
  if (found != m_roles.size()) {
    return wrongFieldCount(found, m_roles.size());
  }
  for (std::size_t column = 0; column < found; ++column) {
    const char* stop = std::find(begin, end, m_delimiter);
    if (std::optional<RowFault> fault = take(trimmedField(begin, stop), column, values, texts)) {
      return fault;
    }
    begin = stop == end ? end : stop + 1;
  }
  return {};
}

std::optional<RowFault> CsvRows::readQuoted(std::string_view record, float* values,
                                            RowTexts& texts) const {
  base::RecordScanner scanner(
      record, {.delimiter = std::string(1, m_delimiter), .quote = '"', .trimsQuoted = false});
  if (scanner.next() == base::RecordScanner::Outcome::OpenQuote) {
    return RowFault{"the quoted field that begins here is never closed", true};
  }
  const std::vector<std::string_view>& cells = scanner.cells();
  if (cells.size() != m_roles.size()) {
    return wrongFieldCount(cells.size(), m_roles.size());
  }
  for (std::size_t column = 0; column < cells.size(); ++column) {
    std::string_view cell = cells[column];
    if (m_roles[column].kind != Role::Kind::Number && !isPieceOf(record, cell)) {
      cell = texts.made->emplace_back(cell);  // the scanner's own
    }
    if (std::optional<RowFault> fault = take(cell, column, values, texts)) {
      return fault;
    }
  }
  return {};
}

std::optional<RowFault> CsvRows::take(std::string_view cell, std::size_t column, float* values,
                                      RowTexts& texts) const {
  const Role& role = m_roles[column];
  switch (role.kind) {
    case Role::Kind::Label:
      texts.label = cell;
      return {};
    case Role::Kind::Metadata:
      texts.metadata[role.place] = cell;
      return {};
    case Role::Kind::Number:
      break;
  }
  if (readNumber(cell, values[role.place])) {
    return {};
  }
  return RowFault{(cell.empty() ? "nothing stands" : shownField(cell) + " stands") +
                      " where a number is expected, in column " +
                      shownField(m_columns.names[column]),
                  column + 1 == m_roles.size()};
}

bool CsvRows::readNumber(std::string_view cell, float& value) const {
  const char* end = cell.data() + cell.size();
  if (!cell.empty() && readDecimal(cell.data(), end, value) == end) {
    return true;
  }
  const auto rewritten = m_columns.decimalComma ? base::withDecimalPoint(cell) : std::nullopt;
  const auto number = base::parseFloat(rewritten ? *rewritten : base::trimmedCell(cell));
  value = number.value_or(0.0F);
  return number.has_value();
}

}  // namespace embedscope::formats
