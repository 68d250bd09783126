// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/searched_texts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace embedscope::search {

/// What has to match.
enum class Mode {
  Part,        ///< some part of the text
  Beginning,   ///< the text begins with the query
  Whole,       ///< the text is the query
  Expression,  ///< some part matches a regular expression (expression.h)
};

struct Query {
  std::string text;  ///< UTF-8; an empty one finds nothing
  Mode mode = Mode::Part;
};

/// What a search found.
struct Hits {
  std::vector<std::int64_t> rows;   ///< all hits, rising
  std::vector<std::int64_t> first;  ///< the first of those that equal the query, then of those that
                                    ///< begin with it, then of others; each kind rising

  std::int64_t count() const { return static_cast<std::int64_t>(rows.size()); }
};

/// Finds the rows whose texts match, in capital or small letters.
///
/// Letters are compared character by character (base::lowerCased, and ς as σ). Matches of regular
/// expressions are all of one kind.
///
/// @param most  how many rows `first` holds at most.
/// @return empty when stopped. The same for any number of threads.
/// @throws Error InvalidArgument: a bad regular expression; says what is wrong, and where.
/// Cost O(bytes), parallel over blocks; polls the stop request once for each.
Hits search(const SearchedTexts& texts, const Query& query, std::size_t most,
            const base::TaskContext& context = {});

}  // namespace embedscope::search
