// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dialect_detection.h"

#include "core/base/decimal_comma.h"
#include "core/base/record_sample.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace embedscope::data {

namespace {

using base::Error;
using base::ErrorCode;
using base::Place;
using Records = base::SampledRecords;

constexpr std::array<std::string_view, 5> kDelimiters = {",", ";", "\t", "|", "::"};

bool looksLikeUtf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         (text.size() >= 4 && text[0] != '\0' && text[1] == '\0' && text[2] != '\0' &&
          text[3] == '\0');
}

bool isNumber(std::string_view cell, bool decimalComma) {
  if (decimalComma) {
    if (base::withDecimalPoint(cell)) {
      return true;
    }
  }
  const std::optional<double> value = base::parseDouble(cell);
  return value && std::isfinite(*value);
}

/// Whether fields are enclosed in single quotes: seen on records cut without regard to quotes.
bool singleQuoted(std::string_view body, const std::string& delimiter) {
  base::RecordSyntax plain;
  plain.delimiter = delimiter;
  plain.quote = '\0';
  std::size_t enclosed = 0;
  std::size_t opened = 0;
  for (const auto& record : base::sampleRecords(body, plain)) {
    for (const std::string& cell : record) {
      if (cell.starts_with('"')) {
        return false;
      }
      if (cell.starts_with('\'')) {
        ++opened;
        enclosed += cell.size() >= 2 && cell.ends_with('\'') ? 1 : 0;
      }
    }
  }
  // Quoted fields may hold the delimiter and so seem open; apostrophes ('tis) never close.
  return enclosed > 0 && 2 * enclosed > opened;
}

bool usesDecimalComma(const Records& records) {
  bool commas = false;
  for (const auto& record : records) {
    for (const std::string& cell : record) {
      if (base::withDecimalPoint(cell)) {
        commas = true;
      } else if (cell.find('.') != std::string::npos && base::parseDouble(cell)) {
        return false;
      }
    }
  }
  return commas;
}

/// `label,0,1,2`: after the first, the cells count up from 0 or 1.
bool countsColumns(const std::vector<std::string>& record) {
  if (record.size() < 3 || base::parseInteger(record[0])) {
    return false;
  }
  const std::optional<std::int64_t> first = base::parseInteger(record[1]);
  if (first != 0 && first != 1) {
    return false;
  }
  for (std::size_t i = 1; i < record.size(); ++i) {
    if (base::parseInteger(record[i]) != *first + static_cast<std::int64_t>(i) - 1) {
      return false;
    }
  }
  return true;
}

bool repeatsBelow(const Records& records, std::size_t column) {
  const std::string& first = records.front()[column];
  return !isMissing(first) &&
         std::any_of(records.begin() + 1, records.end(), [&](const auto& record) {
           return column < record.size() && record[column] == first;
         });
}

bool hasHeader(const Records& records, bool decimalComma) {
  if (records.empty()) {
    return true;
  }
  const auto& first = records.front();
  if (countsColumns(first) && !repeatsBelow(records, 0)) {
    return true;
  }
  for (const std::string& cell : first) {
    if (!isMissing(cell) && isNumber(cell, decimalComma)) {
      return false;
    }
  }
  const auto isNumberColumn = [&](std::size_t column) {
    std::size_t numbers = 0;
    for (std::size_t i = 1; i < records.size(); ++i) {
      if (column < records[i].size() && !isMissing(records[i][column])) {
        if (!isNumber(records[i][column], decimalComma)) {
          return false;
        }
        ++numbers;
      }
    }
    return numbers > 0;
  };
  for (std::size_t column = 0; column < first.size(); ++column) {
    if (!isMissing(first[column]) && isNumberColumn(column)) {
      return true;  // a name above numbers
    }
  }
  for (std::size_t column = 0; column < first.size(); ++column) {
    if (repeatsBelow(records, column)) {
      return false;
    }
  }
  return true;
}

}  // namespace

TextStart skipTextStart(std::string_view text, const std::filesystem::path& path) {
  if (looksLikeUtf16(text)) {
    throw Error(ErrorCode::BadData, "the file is UTF-16; save it as UTF-8 and open it again",
                Place::ofFile(path));
  }
  TextStart start{text, {}, 0};
  if (start.body.starts_with("\xEF\xBB\xBF")) {
    start.body.remove_prefix(3);
  }
  if (base::trimmedCell(start.body).empty()) {
    throw Error(ErrorCode::BadData, "the file is empty", Place::ofFile(path));
  }
  if (start.body.starts_with("sep=")) {
    const std::size_t end = std::min(start.body.find_first_of("\r\n"), start.body.size());
    const std::string_view delimiter = start.body.substr(4, end - 4);
    if (delimiter.size() == 1 || delimiter == "::") {
      start.declaredDelimiter = delimiter;
      start.lineOffset = 1;
      start.body.remove_prefix(end);
      start.body.remove_prefix(start.body.starts_with("\r\n") ? 2 : start.body.empty() ? 0 : 1);
    }
  }
  return start;
}

base::RecordSyntax syntaxOf(const Dialect& dialect) {
  return {.delimiter = dialect.delimiter, .quote = dialect.quote};
}

Dialect detectDialectOf(const TextStart& start) {
  Dialect dialect;
  const auto delimiterFor = [&](char quote) {
    return start.declaredDelimiter.empty()
               ? base::likeliestDelimiter(start.body, quote, kDelimiters)
               : start.declaredDelimiter;
  };
  dialect.delimiter = delimiterFor('"');
  if (singleQuoted(start.body, dialect.delimiter)) {
    dialect.quote = '\'';
    dialect.delimiter = delimiterFor('\'');
  }
  const Records records = base::sampleRecords(start.body, syntaxOf(dialect));
  dialect.decimalComma = dialect.delimiter != "," && usesDecimalComma(records);
  dialect.header = hasHeader(records, dialect.decimalComma);
  return dialect;
}

}  // namespace embedscope::data
