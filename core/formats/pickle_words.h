// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/label_file.h"
#include "core/formats/pickle.h"

#include <string>
#include <vector>

namespace embedscope::formats {

/// A word as a label: text as it is; bytes of Python 2 that are not UTF-8 as Latin-1; a whole
/// number in decimal. Nothing for anything else.
std::optional<std::string> wordOf(PickleValue value);

/// The lists and dicts of words that a pickle holds beside its tensors: the vocabulary of a
/// checkpoint, for instance.
class PickleWords {
 public:
  /// Remembers a list of texts, or a dict from texts to whole numbers or the other way round; other
  /// values are passed over. Cost: at most the length of the value.
  void offer(const Pickle& pickle, const std::string& path, PickleValue value);

  /// Labels for a table of so many rows.
  ///
  /// From the list that is exactly as long; else from the dict whose numbers are rows, each once,
  /// for at least half of them (the others are named by their number); else from the list that is
  /// one word shorter, because one row is padding. Of several those that are called like a
  /// vocabulary (vocab, itos, word2idx, …) come first, then the first.
  ///
  /// @param firstRowIsZero  asked when there is a row for padding: true makes it the first one,
  ///                        otherwise it is the last.
  /// @return nothing when none fits, or when stopped.
  std::optional<RowLabels> labels(const Pickle& pickle, std::int64_t rows,
                                  const std::filesystem::path& path,
                                  const std::function<bool()>& firstRowIsZero,
                                  const base::TaskContext& context) const;

 private:
  enum class Kind { List, WordToRow, RowToWord };

  struct Candidate {
    PickleValue value;
    Kind kind = Kind::List;
    std::int64_t count = 0;
    std::int64_t largest = 0;  ///< of the numbers of a dict
    std::size_t rank = 0;      ///< by its name; small ones first
  };

  /// Word and row of an entry of a dict.
  static std::pair<PickleValue, PickleValue> entry(Kind kind, std::span<const PickleValue> items,
                                                   std::size_t at);

  /// How well it fits, 0 best; nothing: not at all.
  static std::optional<std::size_t> fit(const Candidate& candidate, std::int64_t rows);

  /// @param first  the row of a list's first word.
  /// @return nothing when stopped, when a row has two words, or when they need too much memory.
  static std::optional<std::vector<std::string>> wordsByRow(const Pickle& pickle,
                                                            const Candidate& candidate,
                                                            std::size_t first, std::int64_t rows,
                                                            const base::TaskContext& context);

  std::vector<Candidate> m_all;
};

}  // namespace embedscope::formats
