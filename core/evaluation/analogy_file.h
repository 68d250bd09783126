// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace embedscope::evaluation {

/// "a is to b as c is to expected".
struct AnalogyQuestion {
  std::string a;
  std::string b;
  std::string c;
  std::string expected;

  bool operator==(const AnalogyQuestion&) const = default;
};

/// Questions of one kind.
struct AnalogyTopic {
  std::string name;
  std::vector<AnalogyQuestion> questions;
};

/// Reads questions as word2vec has them (`questions-words.txt`): a line ": NAME" begins a section,
/// and every other line holds four words with blanks between them. Blank lines are left out.
///
/// @return the sections in their order, also empty ones.
/// @throws Error FileAccess when the file cannot be opened; BadData, with the line, for any other
///         line, and for a file without questions. (gensim leaves such lines out and says nothing.)
std::vector<AnalogyTopic> readAnalogies(const std::filesystem::path& path);

}  // namespace embedscope::evaluation
