// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/csv_columns.h"

#include "core/base/decimal_comma.h"
#include "core/base/text.h"
#include "core/base/text_case.h"
#include "core/formats/decimal.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace embedscope::formats {

namespace {

using Record = std::vector<std::string>;

constexpr std::array<std::string_view, 7> kLabelNames = {"label", "word", "token", "text",
                                                         "name",  "key",  "id"};
constexpr double kMostlyNumbers = 0.9;

std::size_t commonestWidth(const base::SampledRecords& records) {
  std::map<std::size_t, std::size_t> counts;
  for (const Record& record : records) {
    ++counts[record.size()];
  }
  return std::ranges::max_element(counts, {}, [](const auto& count) { return count.second; })
      ->first;
}

bool usesDecimalComma(const base::SampledRecords& records) {
  bool commas = false;
  for (const Record& record : records) {
    for (const std::string& cell : record) {
      commas = commas || base::withDecimalPoint(cell);
      if (cell.find('.') != std::string::npos && looksNumeric(cell)) {
        return false;
      }
    }
  }
  return commas;
}

bool isNumber(const std::string& cell, bool decimalComma) {
  return base::parseFloat(cell) || (decimalComma && base::withDecimalPoint(cell));
}

/// The share of numbers in a column below the first record; 0 when no cell has a digit in it.
double shareOfNumbers(std::span<const Record> records, std::size_t column, bool decimalComma) {
  std::size_t numbers = 0;
  std::size_t cells = 0;
  bool hasDigits = false;
  for (const Record& record : records) {
    if (column < record.size()) {
      ++cells;
      numbers += isNumber(record[column], decimalComma) ? 1 : 0;
      hasDigits = hasDigits || looksNumeric(record[column]) || decimalComma;
    }
  }
  return hasDigits && cells > 0 ? static_cast<double>(numbers) / static_cast<double>(cells) : 0;
}

/// "d12" → "d" and 12; nothing when it does not end in digits, or in too many.
std::optional<std::pair<std::string_view, std::int64_t>> numberedName(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  const std::size_t digits = last == std::string_view::npos ? 0 : last + 1;
  const auto number = base::parseInteger(name.substr(digits));
  return number ? std::optional(std::pair(name.substr(0, digits), *number)) : std::nullopt;
}

/// The longest run of columns whose names count up from 0 or 1 with the same beginning.
std::pair<std::size_t, std::size_t> countedRun(const Record& names) {
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (std::size_t begin = 0; begin < names.size();) {
    const auto first = numberedName(names[begin]);
    std::size_t end = begin + 1;
    if (first && (first->second == 0 || first->second == 1)) {
      while (end < names.size() &&
             numberedName(names[end]) ==
                 std::pair(first->first, first->second + static_cast<std::int64_t>(end - begin))) {
        ++end;
      }
      if (end - begin > best.second - best.first) {
        best = {begin, end};
      }
    }
    begin = end;
  }
  return best;
}

std::optional<std::size_t> labelColumn(std::span<const std::string> names) {
  for (const std::string_view wanted : kLabelNames) {
    const auto found = std::ranges::find_if(
        names, [&](const std::string& name) { return base::lowerCased(name) == wanted; });
    if (found != names.end()) {
      return static_cast<std::size_t>(found - names.begin());
    }
  }
  const auto nameless = std::ranges::find(names, std::string());
  return nameless == names.end()
             ? std::nullopt
             : std::optional(static_cast<std::size_t>(nameless - names.begin()));
}

/// True when the first record names the columns by counting them, and is no row of such numbers.
bool countsDimensions(const Record& names, std::pair<std::size_t, std::size_t> run) {
  constexpr std::size_t kHardlyARow = 3;
  const std::size_t length = run.second - run.first;
  if (length == 0) {
    return false;
  }
  const auto [prefix, number] = *numberedName(names[run.first]);
  if (!prefix.empty()) {
    return length > 1;
  }
  if (length == names.size()) {
    return length >= kHardlyARow && number == 0;  // as pandas names columns without names
  }
  return length >= kHardlyARow || labelColumn(names);
}

/// True when a text stands above a column of numbers.
bool namesNumbers(const base::SampledRecords& records, std::size_t width, bool decimalComma) {
  const std::span<const Record> rows = std::span(records).subspan(1);
  for (std::size_t column = 0; column < std::min(width, records.front().size()); ++column) {
    const std::string& name = records.front()[column];
    if (!name.empty() && !isNumber(name, decimalComma) &&
        shareOfNumbers(rows, column, decimalComma) >= kMostlyNumbers) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool isLabelName(std::string_view name) {
  return std::ranges::find(kLabelNames, base::lowerCased(name)) != kLabelNames.end();
}

CsvColumns findColumns(const base::SampledRecords& records, bool mayUseCommas) {
  CsvColumns columns;
  columns.decimalComma = mayUseCommas && usesDecimalComma(records);
  const Record& first = records.front();
  const auto run = countedRun(first);
  columns.counted = countsDimensions(first, run);
  const std::size_t width = columns.counted ? first.size() : commonestWidth(records);
  columns.hasHeader = columns.counted || namesNumbers(records, width, columns.decimalComma);
  const std::span<const Record> rows = std::span(records).subspan(columns.hasHeader ? 1 : 0);
  for (std::size_t column = 0; column < width; ++column) {
    columns.names.push_back(columns.hasHeader && column < first.size() && !first[column].empty()
                                ? first[column]
                                : "column " + std::to_string(column + 1));
  }
  if (columns.hasHeader) {  // which may be longer than the rows below it
    columns.label = labelColumn(std::span(first).first(std::min(width, first.size())));
  }
  const auto isVector = [&](std::size_t column) {
    return columns.counted
               ? column >= run.first && column < run.second
               : column != columns.label &&
                     shareOfNumbers(rows, column, columns.decimalComma) >= kMostlyNumbers;
  };
  for (std::size_t column = 0; column < width; ++column) {
    if (isVector(column)) {
      columns.numbers.push_back(column);
    } else if (!columns.label) {
      columns.label = column;
    } else if (column != columns.label) {
      columns.metadata.push_back(column);
    }
  }
  return columns;
}

}  // namespace embedscope::formats
