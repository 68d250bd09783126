// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"
#include "core/formats/table_io.h"

#include <algorithm>
#include <memory>

namespace embedscope::formats {

/// How a file was packed whose content is read.
struct Packing {
  std::string member;                ///< its name in the archive; empty for gzip
  std::vector<std::string> members;  ///< all that might be read; empty for gzip
  std::int64_t fileBytes = 0;        ///< of the file on disk
  std::int64_t contentBytes = 0;     ///< of the content; estimated while isBeginning
  bool isBeginning = false;          ///< only the beginning was unpacked, for a preview
  std::vector<Warning> warnings;
};

/// The file to be read, opened, and what the caller asked for.
struct Source {
  std::shared_ptr<const base::MappedFile> file;  ///< of a packed file its content
  ReadOptions options;
  std::optional<std::filesystem::path> suggestedLabels = {};  ///< tried first, need not fit
  std::optional<Packing> packing = {};

  /// The file on disk: for messages.
  const std::filesystem::path& path() const { return file->path(); }

  std::string_view text() const { return file->text(); }

  /// The path that the content would have unpacked: for names and endings.
  std::filesystem::path plainPath() const {
    if (!packing) {
      return path();
    }
    if (!packing->member.empty()) {
      return path().parent_path() / std::filesystem::path(packing->member).filename();
    }
    return path().extension() == ".gz" ? path().parent_path() / path().stem() : path();
  }

  std::filesystem::path extension() const { return plainPath().extension(); }

  /// What a table from this file is called.
  std::string tableName() const { return plainPath().stem().string(); }

  /// How many bytes the content has, also when only its beginning was unpacked; then about.
  std::int64_t contentBytes() const {
    return packing ? packing->contentBytes : static_cast<std::int64_t>(text().size());
  }

  /// True when text() is only the beginning of the content.
  bool isBeginning() const { return packing && packing->isBeginning; }
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

/// Rows to read when the file holds `rows`: so many that `every` leaves `limit` of them.
inline std::int64_t limitedRows(const Source& source, std::int64_t rows) {
  const std::optional<std::int64_t>& limit = source.options.limit;
  const std::int64_t every = source.options.every;
  if (!limit || *limit > (rows + every - 1) / every) {
    return rows;
  }
  return (*limit - 1) * every + 1;
}

}  // namespace embedscope::formats
