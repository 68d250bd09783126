// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/subwords.h"

#include <string>

namespace embedscope::formats {

namespace {

constexpr std::uint32_t kOffsetBasis = 2166136261U;
constexpr std::uint32_t kPrime = 16777619U;
constexpr std::string_view kEndOfSentence = "</s>";

bool isContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::uint32_t hashed(std::uint32_t hash, char byte) {
  return (hash ^ static_cast<std::uint32_t>(static_cast<std::int8_t>(byte))) * kPrime;
}

}  // namespace

void forEachSubword(std::string_view word, const SubwordRules& rules,
                    const std::function<void(std::int64_t bucket)>& take) {
  if ((rules.endOfSentenceHasNone && word == kEndOfSentence) || rules.longest <= 0 ||
      rules.buckets <= 0) {
    return;
  }
  const std::string marked = "<" + std::string(word) + ">";
  for (std::size_t begin = 0; begin < marked.size(); ++begin) {
    if (isContinuation(marked[begin])) {
      continue;
    }
    std::uint32_t hash = kOffsetBasis;
    std::size_t end = begin;
    for (std::int32_t length = 1; end < marked.size() && length <= rules.longest; ++length) {
      do {
        hash = hashed(hash, marked[end++]);
      } while (end < marked.size() && isContinuation(marked[end]));
      const bool isMarkAlone = length == 1 && (begin == 0 || end == marked.size());
      if (length >= rules.shortest && !isMarkAlone) {
        take(static_cast<std::int64_t>(hash) % rules.buckets);
      }
    }
  }
}

}  // namespace embedscope::formats
