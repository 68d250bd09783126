// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/text_lines.h"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// What is wrong with a record.
struct RowFault {
  std::string sentence;
  bool cutShort = false;  ///< as if the record ended too early
};

/// What a row holds beside its numbers: pieces of the file, or of texts made from it.
struct RowTexts {
  std::string_view label;
  std::span<std::string_view> metadata;     ///< one for each of RowFormat::metadataNames()
  std::deque<std::string>* made = nullptr;  ///< keeps texts that are not a piece of the file
};

/// How the records of one text table are read: its columns, its separators. Immutable; read() is
/// called from several threads.
class RowFormat {
 public:
  RowFormat() = default;
  virtual ~RowFormat() = default;
  RowFormat(const RowFormat&) = delete;
  RowFormat& operator=(const RowFormat&) = delete;

  /// Numbers in a row, at least 1.
  virtual std::int64_t dimension() const = 0;

  /// False when rows hold no labels; RowTexts::label is then left alone.
  virtual bool hasLabels() const = 0;

  virtual RecordCut cut() const { return {}; }

  virtual std::span<const std::string> metadataNames() const { return {}; }

  /// Reads one record.
  ///
  /// @param record  without its line end; not blank.
  /// @param values  room for dimension() numbers, or for as many as the record has bytes if that
  ///                is less.
  /// @return nothing when the record is as it should be.
  virtual std::optional<RowFault> read(std::string_view record, float* values,
                                       RowTexts& texts) const = 0;

  /// What else is to be told once all rows were read.
  virtual std::vector<std::string> notes() const { return {}; }
};

/// Longest label that is accepted, in bytes; longer ones are a sign of a file of another kind.
inline constexpr std::size_t kLongestLabel = 65536;

/// What is wrong with a label, if it is too long.
std::optional<RowFault> labelFault(std::string_view label);

/// "3 values where 4 are expected; …".
/// @param what  one and several: "value", "values".
RowFault wrongCount(std::int64_t found, std::int64_t expected, const char* one,
                    const char* several);

/// A field as a message shows it: quoted, not too long, and printable.
std::string shownField(std::string_view field);

}  // namespace embedscope::formats
