// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/row_format.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace embedscope::formats {

/// How the label stands before the numbers of a line.
enum class LabelField {
  UntilBlank,  ///< ends at the first blank or tab: word2vec text, GloVe
  UntilTab,    ///< ends at the first tab: projector TSV with labels
  Absent,      ///< numbers only: projector TSV
};

/// What every line of a text table looks like.
struct RowShape {
  std::int64_t dimension = 0;
  LabelField label = LabelField::UntilBlank;
};

/// Reads one line: a label, then `shape.dimension` numbers separated by blanks or tabs.
///
/// Labels may hold blanks ("at name@domain.com" in GloVe 840B): the last numbers are the vector
/// and the rest is the label, unless that rest is a word followed by numbers, which is a row with
/// too many values. A line that begins with a blank has the empty label.
///
/// @param line    without its line end; not blank.
/// @param values  room for `shape.dimension` numbers.
/// @param label   gets the label, a part of `line`.
/// @return nothing when the line is as it should be.
std::optional<RowFault> readRow(std::string_view line, const RowShape& shape, float* values,
                                std::string_view& label);

/// Rows that are a label and numbers, separated by blanks or tabs.
class PlainRows final : public RowFormat {
 public:
  explicit PlainRows(const RowShape& shape) : m_shape(shape) {}

  std::int64_t dimension() const override { return m_shape.dimension; }

  bool hasLabels() const override { return m_shape.label != LabelField::Absent; }

  std::optional<RowFault> read(std::string_view record, float* values,
                               RowTexts& texts) const override {
    return readRow(record, m_shape, values, texts.label);
  }

 private:
  RowShape m_shape;
};

/// How many numbers a line ends in, its first field not counted (it is a label, even "2000").
std::int64_t trailingNumbers(std::string_view line);

}  // namespace embedscope::formats
