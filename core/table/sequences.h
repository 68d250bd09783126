// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/metadata.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace embedscope::table {

/// Rows that follow each other, as polylines.
struct Sequences {
  /// The rows of each line in their order, two or more. A line that closes ends with the row it
  /// began with; one that runs into another ends with the row they share.
  std::vector<std::vector<std::int64_t>> lines;

  std::int64_t closed = 0;   ///< lines that run in a circle
  std::int64_t merging = 0;  ///< lines that run into another one, or into a circle

  /// Values that were left out, so that the line ends there.
  std::int64_t outOfRange = 0;    ///< numbers of rows that the table does not have
  std::int64_t toThemselves = 0;  ///< rows that would be followed by themselves
  std::int64_t firstBad = -1;     ///< the first row with such a value; −1: there is none
};

/// True for the names by which the Embedding Projector knows such columns: "__seq_next__", and
/// "__next__" of old.
bool isSequenceName(std::string_view name);

/// True when a column can be read by sequencesOf: each of its values is missing or a whole number,
/// some name rows of the table, and its name is one of the projector's or ends in "next".
bool looksLikeSequence(const MetadataColumn& column);

/// Follows a column in which every row names the row that comes after it, by number from 0.
///
/// Missing values and negative numbers end a line. Lines begin at rows that no other row names, in
/// rising order; circles that nothing leads into begin at their smallest row and come last. Every
/// row with a follower is on exactly one line but for the shared last row, so the cost is O(n) in
/// time and memory.
///
/// @throws Error BadData when a value is neither missing nor a whole number; the message names the
///         first such row.
Sequences sequencesOf(const MetadataColumn& column);

}  // namespace embedscope::table
