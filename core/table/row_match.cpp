// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_match.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>

namespace embedscope::table {

namespace {

constexpr std::int64_t kRowsInBlock = 1 << 13;

std::int64_t blocksOf(std::int64_t rows) {
  return (rows + kRowsInBlock - 1) / kRowsInBlock;
}

std::string rowsText(std::int64_t rows) {
  return base::groupedDigits(rows) + (rows == 1 ? " row" : " rows");
}

RowMatch matchByLabel(const Vocabulary& table, const Vocabulary& other,
                      const base::TaskContext& context) {
  RowMatch match;
  match.rows.assign(static_cast<std::size_t>(table.size()), -1);
  std::atomic<std::int64_t> done = 0;
  base::parallelBlocks(blocksOf(table.size()), [&](std::int64_t block) {
    if (context.stopRequested()) {
      return;
    }
    const std::int64_t first = block * kRowsInBlock;
    const std::int64_t end = std::min(first + kRowsInBlock, table.size());
    for (std::int64_t row = first; row < end; ++row) {
      match.rows[static_cast<std::size_t>(row)] = other.find(table.label(row)).value_or(-1);
    }
    done += end - first;
    context.report(static_cast<double>(done) / static_cast<double>(table.size()));
  });
  std::vector<bool> taken(static_cast<std::size_t>(other.size()));
  for (const std::int64_t row : match.rows) {
    if (row < 0) {
      ++match.missing;
    } else {
      taken[static_cast<std::size_t>(row)] = true;
    }
  }
  match.surplus = std::ranges::count(taken, false);
  return match;
}

RowMatch matchByOrder(std::int64_t rows) {
  RowMatch match{.by = RowMatch::By::Order,
                 .rows = std::vector<std::int64_t>(static_cast<std::size_t>(rows))};
  std::iota(match.rows.begin(), match.rows.end(), 0);
  return match;
}

/// The first label that an earlier row has already.
std::string_view repeatedLabel(const Vocabulary& labels) {
  std::int64_t row = 0;
  while (labels.find(labels.label(row)) == row) {
    ++row;
  }
  return labels.label(row);
}

[[noreturn]] void refuse(const Vocabulary& table, const Vocabulary& other, bool oneCounts) {
  std::string why;
  if (other.duplicateCount() > 0) {
    why = "by order they must be as many, and labels that repeat, as \"" +
          base::shownUtf8(repeatedLabel(other)) + "\" does, match no single row";
  } else if (oneCounts) {
    why = "without labels they must be as many";
  } else {
    why = "no label of the coordinates is one of the table's";
  }
  throw base::Error(base::ErrorCode::InvalidArgument, "the table has " + rowsText(table.size()) +
                                                          ", the coordinates have " +
                                                          rowsText(other.size()) + ": " + why);
}

}  // namespace

bool countsRows(const Vocabulary& labels, const base::TaskContext& context) {
  std::array<char, 24> digits{};
  for (std::int64_t row = 0; row < labels.size(); ++row) {
    const char* end = std::to_chars(digits.begin(), digits.end(), row).ptr;
    if (labels.label(row) != std::string_view(digits.data(), end) ||
        (row % kRowsInBlock == 0 && context.stopRequested())) {
      return false;
    }
  }
  return true;
}

RowMatch matchRows(const Vocabulary& table, const Vocabulary& other,
                   const base::TaskContext& context) {
  const bool tableCounts = countsRows(table, context);
  const bool otherCounts = countsRows(other, context);
  if (other.duplicateCount() == 0 && !(tableCounts && otherCounts)) {
    RowMatch match = matchByLabel(table, other, context);
    if (match.missing < table.size() || context.stopRequested()) {
      return match;
    }
  }
  const bool labelsDiffer = other.duplicateCount() == 0 && !tableCounts && !otherCounts;
  if (table.size() != other.size() || labelsDiffer) {
    refuse(table, other, tableCounts || otherCounts);
  }
  return matchByOrder(table.size());
}

base::RowMatrix matchedValues(const EmbeddingTable::View& values, const RowMatch& match,
                              const base::TaskContext& context) {
  const auto rows = std::ssize(match.rows);
  base::RowMatrix matched(rows, values.cols());
  base::parallelBlocks(blocksOf(rows), [&](std::int64_t block) {
    const std::int64_t end =
        context.stopRequested() ? 0 : std::min((block + 1) * kRowsInBlock, rows);
    for (std::int64_t row = block * kRowsInBlock; row < end; ++row) {
      const std::int64_t other = match.rows[static_cast<std::size_t>(row)];
      if (other < 0) {
        matched.row(row).setConstant(std::numeric_limits<float>::quiet_NaN());
      } else {
        matched.row(row) = values.row(other);
      }
    }
  });
  return matched;
}

}  // namespace embedscope::table
