// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/source.h"
#include "core/formats/subwords.h"

#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace embedscope::formats {

/// The input matrix of a fastText model: a row for every word, then one for every bucket of
/// n-grams.
class FastTextMatrix {
 public:
  virtual ~FastTextMatrix() = default;

  virtual std::int64_t rows() const = 0;

  /// Adds a row to `out`, whose size is the dimension.
  virtual void addRow(std::int64_t row, std::span<float> out) const = 0;
};

/// A fastText model (.bin, .ftz) as far as vectors of words need it. Its rows stay in the mapped
/// file.
struct FastTextModel {
  std::int64_t dimension = 0;
  SubwordRules rules;
  std::vector<std::string_view> words;  ///< bytes in the file; labels of classes are left out
  std::vector<std::int64_t> counts;     ///< one for each word
  std::shared_ptr<const FastTextMatrix> matrix;
  bool isPruned = false;  ///< then only the listed buckets have rows
  std::unordered_map<std::int64_t, std::int64_t> prunedRows;  ///< bucket → row behind the words

  std::string dtype;  ///< "float32" or "product-quantized"

  /// The vector of a word: the mean of its own row, if it has one, and those of its n-grams; zeros
  /// when there are none.
  /// @param word  bytes. @param row  of the word in the matrix, or -1 for a word of one's own.
  /// @param out   `dimension` numbers. Thread-safe. The numbers are those of fastText itself.
  void compose(std::string_view word, std::int64_t row, std::span<float> out) const;
};

/// Reads a model, versions 11 and 12, and those of 2016 that begin without magic number.
///
/// @throws Error BadData with the byte: cut off, sizes that contradict each other or the file.
/// Counts
///         are checked against the bytes that follow before memory is asked for.
/// Source: fastText, args.cc, dictionary.cc, densematrix.cc, quantmatrix.cc, productquantizer.cc.
FastTextModel readFastTextModel(const Source& source);

/// True for the magic number, and for a plausible beginning of the oldest form in a `.bin` file.
bool looksLikeFastText(const Source& source);

}  // namespace embedscope::formats
