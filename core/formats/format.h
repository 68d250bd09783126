// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/output_files.h"
#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// A format as table_io.cpp knows it: what is told to people, and the functions that do the work.
/// Every format defines one beside its reader; what it cannot do is null.
struct Format {
  FormatInfo info;

  Preview (*preview)(const Source& source) = nullptr;

  /// @return nothing when stopped.
  std::optional<LoadedTable> (*read)(const Source& source,
                                     const base::TaskContext& context) = nullptr;

  /// See writeLosses.
  std::vector<std::string> (*losses)(const table::EmbeddingTable& table) = nullptr;

  /// Adds the files of a table to those to be written. @return false when stopped.
  bool (*write)(const table::EmbeddingTable& table, const std::filesystem::path& path,
                const WriteOptions& options, OutputFiles& files,
                const base::TaskContext& context) = nullptr;

  /// The numbers it can be written in, the usual ones first; empty: no choice.
  std::span<const NumberType> numbers = {};

  std::string_view otherExtensions = {};  ///< that are in use for it, too: ".jsonl .ndjson"

  bool readerChooses = false;  ///< read() heeds ReadOptions::every; else that is done afterwards
  bool previewsBeginning = false;  ///< preview() can do with the beginning of a packed file
  bool mayBePacked = false;        ///< may be written compressed, to a name that ends in .gz
};

}  // namespace embedscope::formats
