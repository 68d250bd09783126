// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/row_format.h"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace embedscope::formats {

/// Which members of the objects on the lines are what.
struct JsonMembers {
  std::string vector;  ///< an array of numbers
  std::int64_t dimension = 0;
  std::optional<std::string> label;
  std::vector<std::string> metadata;  ///< texts, numbers, booleans
};

/// Rows that are JSON objects, one a line. In the vector, null is NaN.
class JsonRows final : public RowFormat {
 public:
  explicit JsonRows(JsonMembers members) : m_members(std::move(members)) {}

  std::int64_t dimension() const override { return m_members.dimension; }

  bool hasLabels() const override { return m_members.label.has_value(); }

  std::span<const std::string> metadataNames() const override { return m_members.metadata; }

  std::optional<RowFault> read(std::string_view record, float* values,
                               RowTexts& texts) const override;

  std::vector<std::string> notes() const override;

 private:
  std::optional<RowFault> readVector(std::string_view array, float* values) const;

  JsonMembers m_members;
  mutable std::atomic<bool> m_sawOthers = false;  ///< members that metadata has no column for
};

}  // namespace embedscope::formats
