// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <optional>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// A label as it stands in a table: stripped and in lower case as the options ask. Bytes that are
/// not UTF-8 stay as they are.
std::string tidiedLabel(std::string_view label, const ReadOptions& options);

/// The rows that a caller wants, by number and label (ReadOptions::every, only). Immutable.
class RowChoice {
 public:
  explicit RowChoice(const ReadOptions& options);

  bool takesAll() const { return m_options.every == 1 && !m_only; }

  /// @param row  its number in the file, from 0.
  bool takesRow(std::int64_t row) const { return row % m_options.every == 0; }

  /// @param label  as it stands in the file.
  bool takesLabel(std::string_view label) const;

 private:
  ReadOptions m_options;
  std::optional<table::Vocabulary> m_only;
};

/// Leaves in a table what the options ask for: every k-th row unless the reader saw to that, rows
/// whose labels are listed, in the order of the list, and of rows with the same label the first.
/// A table of which all rows stay is left as it is.
///
/// @param readerChose  the reader has heeded `every`.
/// @throws Error BadData when no row has a listed label.
void chooseRows(LoadedTable& loaded, const ReadOptions& options, bool readerChose,
                const base::Place& place);

/// The same for a preview; how many rows have listed labels is not known before they are read.
void chooseRows(Preview& preview, const ReadOptions& options);

}  // namespace embedscope::formats
