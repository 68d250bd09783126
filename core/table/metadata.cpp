// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/metadata.h"

#include "core/base/error.h"

#include <algorithm>

namespace embedscope::table {

void Metadata::checkLength(const MetadataColumn& column) const {
  if (!m_columns.empty() && m_columns.front().values.size() != column.values.size()) {
    throw base::Error(base::ErrorCode::InvalidArgument,
                      "metadata column \"" + column.name + "\" has " +
                          std::to_string(column.values.size()) + " values where " +
                          std::to_string(m_columns.front().values.size()) + " are expected");
  }
}

void Metadata::addColumn(MetadataColumn column) {
  checkLength(column);
  m_columns.push_back(std::move(column));
}

void Metadata::setColumn(MetadataColumn column) {
  checkLength(column);
  const auto old = std::ranges::find(m_columns, column.name, &MetadataColumn::name);
  if (old == m_columns.end()) {
    m_columns.push_back(std::move(column));
  } else {
    *old = std::move(column);
  }
}

void Metadata::removeColumn(std::string_view name) {
  const auto old = std::ranges::find(m_columns, name, &MetadataColumn::name);
  if (old != m_columns.end()) {
    m_columns.erase(old);
  }
}

const MetadataColumn* Metadata::find(std::string_view name) const {
  const auto it = std::ranges::find(m_columns, name, &MetadataColumn::name);
  return it == m_columns.end() ? nullptr : &*it;
}

}  // namespace embedscope::table
