// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/caution_text.h"

#include "core/base/text.h"

#include <algorithm>

namespace embedscope::training {

namespace {

constexpr std::size_t kMostExamples = 3;

}  // namespace

std::string inQuotes(std::string_view text) {
  return "“" + base::repairedUtf8(text) + "”";
}

std::string counted(std::int64_t number, const char* one, const char* many) {
  return base::groupedDigits(number) + " " + (number == 1 ? one : many);
}

std::string examples(const table::Vocabulary& vocabulary, const std::vector<std::int64_t>& codes) {
  std::string text;
  const std::size_t shown = std::min(codes.size(), kMostExamples);
  for (std::size_t i = 0; i < shown; ++i) {
    text += (i == 0 ? "" : ", ") + inQuotes(vocabulary.label(codes[i]));
  }
  if (codes.size() > shown) {
    text +=
        " and " + base::groupedDigits(static_cast<std::int64_t>(codes.size() - shown)) + " more";
  }
  return text;
}

}  // namespace embedscope::training
