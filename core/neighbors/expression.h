// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/vocabulary.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::neighbors {

/// A label with its weight, one of those that an expression adds up.
struct Term {
  double weight = 1;  ///< finite; negative for what is subtracted
  std::string label;
  std::optional<std::int64_t> row;  ///< the first with this label; nothing when there is none
  std::int64_t character = 0;       ///< where the label stands in the expression, from 1

  bool operator==(const Term&) const = default;
};

/// Reads `king - man + 0.5*woman`.
///
/// Labels are added and subtracted with + and - (or −), each with a weight before or after a * (or
/// ×), or both, which are multiplied. Blanks may stand between all of them.
///
/// A label stands as it is up to a blank, an operator or the end. Where operators are part of
/// labels, the longest label of the table is taken: with `well-known` among the labels,
/// `well-known - good` has two terms, otherwise three; `0.5*woman` is a label if there is one.
/// Words that begin no label of the table end at their first operator and have no row. A label that
/// holds blanks, begins with a quote or consists of operators alone has to be quoted, as "…" or '…'
/// with the escapes \\ \" \' \n \r \t and \xNN, a byte.
///
/// @param text    UTF-8; bytes that are not count as one character each.
/// @param labels  of the table.
/// @return at least one term, in the order of the text.
/// @throws Error InvalidArgument with the character, from 1, at which something else was expected,
///         and what. Labels that are not in the table are no error here.
/// Cost: one pass over the sizes of all labels; then O(length · longest label) at worst.
std::vector<Term> parseExpression(std::string_view text, const table::Vocabulary& labels);

}  // namespace embedscope::neighbors
