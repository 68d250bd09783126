// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/sequences.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

namespace embedscope::table {

namespace {

constexpr std::int64_t kNone = -1;

/// The row that follows each row, or kNone.
using Followers = std::vector<std::int64_t>;

void leaveOut(Sequences& sequences, std::int64_t& kind, std::int64_t row) {
  ++kind;
  if (sequences.firstBad < 0) {
    sequences.firstBad = row;
  }
}

Followers followersOf(const MetadataColumn& column, Sequences& sequences) {
  const auto n = static_cast<std::int64_t>(column.values.size());
  Followers next(column.values.size(), kNone);
  for (std::int64_t row = 0; row < n; ++row) {
    const std::string& value = column.values[static_cast<std::size_t>(row)];
    if (value.empty()) {
      continue;
    }
    const std::optional<std::int64_t> number = base::parseInteger(value);
    if (!number) {
      throw base::Error(base::ErrorCode::BadData, "column \"" + base::shownUtf8(column.name) +
                                                      "\" holds \"" + base::shownUtf8(value) +
                                                      "\" in row " + std::to_string(row) +
                                                      " where the number of a row is needed");
    }
    if (*number >= n) {
      leaveOut(sequences, sequences.outOfRange, row);
    } else if (*number == row) {
      leaveOut(sequences, sequences.toThemselves, row);
    } else if (*number >= 0) {
      next[static_cast<std::size_t>(row)] = *number;
    }
  }
  return next;
}

/// The line from a row on, until it ends or reaches a row that is on a line already.
std::vector<std::int64_t> lineFrom(std::int64_t row, const Followers& next,
                                   std::vector<char>& isTaken, Sequences& sequences) {
  std::vector<std::int64_t> line = {row};
  isTaken[static_cast<std::size_t>(row)] = 1;
  for (std::int64_t at = next[static_cast<std::size_t>(row)]; at != kNone;
       at = next[static_cast<std::size_t>(at)]) {
    line.push_back(at);
    if (std::exchange(isTaken[static_cast<std::size_t>(at)], 1) != 0) {
      ++(at == row ? sequences.closed : sequences.merging);
      break;
    }
  }
  return line;
}

}  // namespace

bool isSequenceName(std::string_view name) {
  return name == "__seq_next__" || name == "__next__";
}

bool looksLikeSequence(const MetadataColumn& column) {
  std::string name = column.name;
  std::ranges::transform(name, name.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  if (!isSequenceName(name) && !name.ends_with("next")) {
    return false;
  }
  bool any = false;
  for (const std::string& value : column.values) {
    const std::optional<std::int64_t> number = base::parseInteger(value);
    if (!number && !value.empty()) {
      return false;
    }
    any = any ||
          (number && *number >= 0 && *number < static_cast<std::int64_t>(column.values.size()));
  }
  return any;
}

Sequences sequencesOf(const MetadataColumn& column) {
  Sequences sequences;
  const Followers next = followersOf(column, sequences);
  std::vector<char> isNamed(next.size());
  for (const std::int64_t row : next) {
    if (row != kNone) {
      isNamed[static_cast<std::size_t>(row)] = 1;
    }
  }
  std::vector<char> isTaken(next.size());
  for (const bool begins : {true, false}) {  // then what is left: circles
    for (std::size_t row = 0; row < next.size(); ++row) {
      if (next[row] != kNone && isTaken[row] == 0 && (!begins || isNamed[row] == 0)) {
        sequences.lines.push_back(
            lineFrom(static_cast<std::int64_t>(row), next, isTaken, sequences));
      }
    }
  }
  return sequences;
}

}  // namespace embedscope::table
