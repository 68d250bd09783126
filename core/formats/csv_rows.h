// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/csv_columns.h"
#include "core/formats/row_format.h"

#include <string>
#include <vector>

namespace embedscope::formats {

/// Rows of delimited text: fields parted by one character, in double quotes where they need it.
class CsvRows final : public RowFormat {
 public:
  CsvRows(CsvColumns columns, char delimiter);

  std::int64_t dimension() const override {
    return static_cast<std::int64_t>(m_columns.numbers.size());
  }

  bool hasLabels() const override { return m_columns.label.has_value(); }

  RecordCut cut() const override { return {'"', m_delimiter}; }

  std::span<const std::string> metadataNames() const override { return m_metadataNames; }

  std::optional<RowFault> read(std::string_view record, float* values,
                               RowTexts& texts) const override;

 private:
  /// What a column is: a place in the vector, a place in the metadata, the label or nothing.
  struct Role {
    enum class Kind { Number, Label, Metadata };

    Kind kind = Kind::Metadata;
    std::size_t place = 0;
  };

  std::optional<RowFault> readPlain(std::string_view record, float* values, RowTexts& texts) const;
  std::optional<RowFault> readQuoted(std::string_view record, float* values, RowTexts& texts) const;
  std::optional<RowFault> take(std::string_view cell, std::size_t column, float* values,
                               RowTexts& texts) const;
  bool readNumber(std::string_view cell, float& value) const;

  CsvColumns m_columns;
  char m_delimiter;
  std::vector<Role> m_roles;
  std::vector<std::string> m_metadataNames;
};

}  // namespace embedscope::formats
