// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/column_notes.h"

#include "core/base/text.h"
#include "core/table/vocabulary.h"

#include <optional>
#include <string_view>

namespace embedscope::data {

namespace {

constexpr std::int64_t kMostLabels = 1000;

/// Lower case without blanks: equal for spellings that a person takes for the same.
std::string folded(std::string_view label) {
  std::string out;
  for (const char c : label) {
    if (c != ' ' && c != '\t') {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

/// The labels of a column; nothing when it begins with a number or has too many.
std::optional<table::Vocabulary> fewLabels(const DataTable& table, std::int64_t column) {
  table::Vocabulary labels;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    const std::string_view cell = table.cell(row, column);
    if (isMissing(cell)) {
      continue;
    }
    if ((labels.empty() && base::parseDouble(cell)) || labels.size() > kMostLabels) {
      return {};
    }
    labels.findOrAppend(cell);
  }
  return labels;
}

std::string nearDuplicates(const table::Vocabulary& labels) {
  table::Vocabulary shapes;
  std::vector<std::int64_t> firstOf;
  std::string pairs;
  std::int64_t count = 0;
  for (std::int64_t row = 0; row < labels.size(); ++row) {
    const auto shape = static_cast<std::size_t>(shapes.findOrAppend(folded(labels.label(row))));
    if (shape == firstOf.size()) {
      firstOf.push_back(row);
      continue;
    }
    if (++count <= 3) {
      pairs += (pairs.empty() ? "\"" : ", \"") + std::string(labels.label(firstOf[shape])) +
               "\" and \"" + std::string(labels.label(row)) + "\"";
    }
  }
  return count > 3 ? pairs + ", …" : pairs;
}

/// The only value of a column; nothing when there are none or several.
std::optional<std::string_view> onlyValue(const DataTable& table, std::int64_t column) {
  std::optional<std::string_view> first;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    const std::string_view cell = table.cell(row, column);
    if (isMissing(cell)) {
      continue;
    }
    if (first && *first != cell) {
      return {};
    }
    first = cell;
  }
  return first;
}

bool allMissing(const DataTable& table, std::int64_t column) {
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    if (!isMissing(table.cell(row, column))) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::vector<std::string> columnNotes(const DataTable& table) {
  std::vector<std::string> notes;
  if (table.rowCount() < 2) {
    return notes;
  }
  for (std::int64_t column = 0; column < table.columnCount(); ++column) {
    const std::string name = "column \"" + table.columnName(column) + "\"";
    if (allMissing(table, column)) {
      notes.push_back(name + " has no values; it cannot become a feature");
    } else if (const auto value = onlyValue(table, column)) {
      notes.push_back(name + " has one category, \"" + std::string(*value) +
                      "\"; an embedding of it carries nothing");
    } else if (const auto labels = fewLabels(table, column)) {
      const std::string pairs = nearDuplicates(*labels);
      if (!pairs.empty()) {
        notes.push_back(name + " has labels that differ only in letter case or blanks: " + pairs);
      }
    }
  }
  return notes;
}

}  // namespace embedscope::data
