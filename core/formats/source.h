// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/formats/table_io.h"

#include <algorithm>
#include <memory>

namespace embedscope::formats {

/// The file to be read, opened, and what the caller asked for.
struct Source {
  std::shared_ptr<const base::MappedFile> file;
  ReadOptions options;
  std::optional<std::filesystem::path> suggestedLabels = {};  ///< tried first, need not fit

  const std::filesystem::path& path() const { return file->path(); }

  std::string_view text() const { return file->text(); }
};

/// A place in a source: of the whole file, of a line (from 1) or of a byte (from 0).
inline base::Place placeOf(const Source& source) {
  return base::Place::ofFile(source.path());
}

inline base::Place placeOfLine(const Source& source, std::int64_t line) {
  return base::Place::ofLine(source.path(), line);
}

inline base::Place placeOfByte(const Source& source, std::size_t byte) {
  return base::Place::ofByte(source.path(), static_cast<std::int64_t>(byte));
}

/// Rows to read when the file holds `rows`.
inline std::int64_t limitedRows(const Source& source, std::int64_t rows) {
  return source.options.limit ? std::min(*source.options.limit, rows) : rows;
}

}  // namespace embedscope::formats
