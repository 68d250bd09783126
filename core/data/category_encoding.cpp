// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/category_encoding.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

namespace embedscope::data {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kMostExamples = 5;

std::string inQuotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return base::groupedDigits(count) + ' ' + std::string(count == 1 ? one : many);
}

/// Labels with the rows that each has.
struct Tally {
  table::Vocabulary labels;
  std::vector<std::int64_t> rows;

  void add(std::string_view label, std::int64_t count) {
    const auto place = static_cast<std::size_t>(labels.findOrAppend(label));
    rows.resize(static_cast<std::size_t>(labels.size()), 0);
    rows[place] += count;
  }

  std::int64_t total() const { return std::accumulate(rows.begin(), rows.end(), std::int64_t{0}); }

  /// "a" (7), "b" (3), …: those with the most rows first.
  std::string examples() const {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return rows[a] > rows[b]; });
    std::string text;
    for (std::size_t i = 0; i < std::min(order.size(), kMostExamples); ++i) {
      text += (i == 0 ? "" : ", ") + inQuotes(labels.label(static_cast<std::int64_t>(order[i]))) +
              " (" + base::groupedDigits(rows[order[i]]) + ")";
    }
    return order.size() > kMostExamples ? text + ", …" : text;
  }
};

[[noreturn]] void failUnknownLabel(const std::string& column, std::string_view label) {
  if (label == kMissingLabel) {
    throw Error(ErrorCode::BadData, "column " + inQuotes(column) +
                                        " has missing cells: give its feature a category " +
                                        inQuotes(kMissingLabel));
  }
  throw Error(ErrorCode::BadData, "column " + inQuotes(column) + " holds " + inQuotes(label) +
                                      ", which is not among the feature's categories");
}

/// The category of a cell in a vocabulary that is given. A feature may have a category that is
/// spelled like a missing value, "None" for instance.
std::optional<std::int64_t> findCategory(const table::Vocabulary& vocabulary,
                                         std::string_view cell) {
  const std::optional<std::int64_t> code = vocabulary.find(cell);
  return !code && isMissing(cell) ? vocabulary.find(kMissingLabel) : code;
}

/// Finds the categories of all rows in the vocabulary that is given. @return labels it lacks.
Tally encodeGiven(const DataTable& table, std::int64_t column,
                  const DatasetSelection::Categorical& rules, std::span<const std::int64_t> rows,
                  CategoricalColumn& result) {
  Tally unknown;
  for (const std::int64_t row : rows) {
    const std::string_view cell = table.cell(row, column);
    std::optional<std::int64_t> code = findCategory(rules.vocabulary, cell);
    if (!code) {
      const std::string_view label = isMissing(cell) ? kMissingLabel : cell;
      if (rules.unknown == UnknownLabels::Refuse) {
        failUnknownLabel(rules.column, label);
      }
      unknown.add(label, 1);
      code = result.vocabulary.findOrAppend(kUnknownLabel);
    }
    result.codes.push_back(static_cast<std::int32_t>(*code));
  }
  return unknown;
}

void encodeFreely(const DataTable& table, std::int64_t column, std::span<const std::int64_t> rows,
                  CategoricalColumn& result) {
  for (const std::int64_t row : rows) {
    const std::string_view cell = table.cell(row, column);
    const std::string_view label = isMissing(cell) ? kMissingLabel : cell;
    result.codes.push_back(static_cast<std::int32_t>(result.vocabulary.findOrAppend(label)));
  }
}

void countRows(CategoricalColumn& column) {
  column.counts.assign(static_cast<std::size_t>(column.vocabulary.size()), 0);
  for (const std::int32_t code : column.codes) {
    ++column.counts[static_cast<std::size_t>(code)];
  }
}

/// Gives all categories with rows, but fewer than `rareBelow`, one row behind the others.
/// @return what was merged.
Tally mergeRare(std::int64_t rareBelow, CategoricalColumn& column) {
  Tally rare;
  table::Vocabulary kept;
  constexpr std::int32_t kRare = -1;
  std::vector<std::int32_t> newCodes;
  for (std::int64_t code = 0; code < column.vocabulary.size(); ++code) {
    const std::string_view label = column.vocabulary.label(code);
    const std::int64_t rows = column.counts[static_cast<std::size_t>(code)];
    if (rows > 0 && rows < rareBelow && label != kUnknownLabel) {
      rare.add(label, rows);
      newCodes.push_back(kRare);
    } else {
      newCodes.push_back(static_cast<std::int32_t>(kept.append(label)));
    }
  }
  if (rare.rows.empty()) {
    return rare;
  }
  const auto merged = static_cast<std::int32_t>(kept.findOrAppend(kRareLabel));
  for (std::int32_t& code : column.codes) {
    const std::int32_t renumbered = newCodes[static_cast<std::size_t>(code)];
    code = renumbered == kRare ? merged : renumbered;
  }
  column.vocabulary = std::move(kept);
  countRows(column);
  return rare;
}

}  // namespace

CategoricalColumn encodeCategories(const DataTable& table, std::int64_t column,
                                   const DatasetSelection::Categorical& rules,
                                   std::span<const std::int64_t> rows,
                                   std::vector<std::string>& notes) {
  CategoricalColumn result{rules.column, rules.vocabulary, {}, {}};
  result.codes.reserve(rows.size());
  if (rules.vocabulary.empty()) {
    encodeFreely(table, column, rows, result);
  } else if (const Tally unknown = encodeGiven(table, column, rules, rows, result);
             !unknown.rows.empty()) {
    notes.push_back("column " + inQuotes(rules.column) + ": " +
                    counted(unknown.labels.size(), "label that is", "labels that are") +
                    " not among its categories, in " + counted(unknown.total(), "row", "rows") +
                    ", became the category " + inQuotes(kUnknownLabel) + ": " + unknown.examples());
  }
  countRows(result);
  if (const Tally rare = mergeRare(rules.rareBelow, result); !rare.rows.empty()) {
    notes.push_back("column " + inQuotes(rules.column) + ": " +
                    counted(rare.labels.size(), "category", "categories") + " of fewer than " +
                    counted(rules.rareBelow, "row", "rows") + ", " +
                    counted(rare.total(), "row", "rows") + " in all, became the category " +
                    inQuotes(kRareLabel) + ": " + rare.examples());
  }
  return result;
}

}  // namespace embedscope::data
