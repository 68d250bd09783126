// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace embedscope::formats {

/// Which character n-grams a fastText model gives a word, and where they lie.
struct SubwordRules {
  std::int32_t shortest = 3;         ///< in characters, with the marks of begin and end
  std::int32_t longest = 6;          ///< 0: there are none
  std::int64_t buckets = 0;          ///< n-grams share so many rows; 0: there are none
  bool endOfSentenceHasNone = true;  ///< `</s>` is no word in fastText, but one in gensim
};

/// Calls `take` with the bucket of every n-gram of a word, in the order of fastText: by where they
/// begin, then by length. `</s>` has none, if so ruled.
///
/// @param word  bytes, normally UTF-8; characters are told by their first byte.
/// Source: fastText, dictionary.cc (computeSubwords, hash: FNV-1a of sign-extended bytes).
void forEachSubword(std::string_view word, const SubwordRules& rules,
                    const std::function<void(std::int64_t bucket)>& take);

}  // namespace embedscope::formats
