// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/fasttext_matrix.h"
#include "core/formats/source.h"
#include "core/formats/subwords.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace embedscope::formats {

/// A fastText model (.bin, .ftz) as far as vectors of words need it. Words and numbers stay in the
/// mapped file, which the model keeps open. Immutable once read.
struct FastTextModel {
  std::shared_ptr<const base::MappedFile> file;
  std::int64_t dimension = 0;
  SubwordRules rules;
  std::vector<std::string_view> words;  ///< bytes in the file; labels of classes are left out

  /// A row for every word, then one for every bucket of n-grams.
  std::shared_ptr<const FastTextMatrix> matrix;
  bool isQuantized = false;

  bool isPruned = false;  ///< then only these buckets have rows
  /// Bucket → row behind the words, by bucket; of a bucket that is listed twice the last counts.
  std::vector<std::pair<std::int32_t, std::int32_t>> prunedRows;

  std::vector<Warning> warnings;

  /// True when words are composed of more than their own rows.
  bool hasSubwords() const;

  /// How often a word occurred in training. @param row  0 ≤ row < words.size().
  std::int64_t countOf(std::int64_t row) const;

  /// The row of a word; nothing when the model was not trained on it. Looks at every word's length.
  std::optional<std::int64_t> find(std::string_view word) const;

  /// The vector of a word: the mean of its own row, if it has one, and those of its n-grams.
  ///
  /// @param word  bytes. @param row  of the word in the matrix, or -1 for a word without one.
  /// @param out   `dimension` numbers, those of fastText itself; zeros when no row was found.
  /// @return how many rows it is the mean of. Thread-safe.
  std::int64_t compose(std::string_view word, std::int64_t row, std::span<float> out) const;
};

/// Reads a model, versions 11 and 12, and those of 2016 that begin without magic number. Also goes
/// over the output matrix, which vectors of words do not need: of a newer model that is cut off
/// there the rest is read, with a warning.
///
/// @throws Error BadData with the byte: cut off, sizes that contradict each other or the file.
///         Counts are checked against the bytes that follow before memory is asked for.
/// Source: fastText, args.cc, dictionary.cc, fasttext.cc.
FastTextModel readFastTextModel(const Source& source);

/// True for the magic number, and for a plausible beginning of the oldest form in a `.bin` file.
bool looksLikeFastText(const Source& source);

}  // namespace embedscope::formats
