// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace embedscope::evaluation {

/// Two words, and how similar people find them.
struct WordPair {
  std::string first;
  std::string second;
  double similarity = 0;  ///< finite, on any scale

  bool operator==(const WordPair&) const = default;
};

/// Reads lines "word TAB word TAB number" (`wordsim353.tsv`). Lines that begin with # and blank
/// lines are left out; blanks inside words stay.
///
/// @throws Error FileAccess when the file cannot be opened; BadData, with the line, for any other
///         line, and for a file without pairs. (gensim leaves such lines out and says nothing.)
std::vector<WordPair> readWordPairs(const std::filesystem::path& path);

}  // namespace embedscope::evaluation
