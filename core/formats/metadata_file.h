// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/task_context.h"
#include "core/table/embedding_table.h"

#include <filesystem>
#include <string>
#include <vector>

namespace embedscope::formats {

/// How a file of metadata is written. In both the label comes first, then every column; a header
/// "label, …" names them, unless labels are all there is: the Embedding Projector takes the first
/// line for names only when there are columns.
enum class MetadataStyle {
  Tsv,  ///< as the projector has it: tabs, no quotes; tabs and line ends in texts become blanks
  Csv,  ///< RFC 4180: commas, quotes where needed; holds every text
};

/// Csv for names that end in .csv or .csv.gz, else Tsv.
MetadataStyle metadataStyle(const std::filesystem::path& path);

/// What such a file cannot hold of a table's labels and columns; empty when all is kept.
std::vector<std::string> metadataLosses(const table::EmbeddingTable& table, MetadataStyle style);

/// Appends a line for each row to a file. @return false when stopped.
bool appendMetadata(const table::EmbeddingTable& table, MetadataStyle style, base::AtomicFile& file,
                    const base::TaskContext& context = {});

/// Writes the labels and metadata of a table, without its numbers, so that the file appears whole
/// or not at all. Its style is that of its name; one that ends in .gz is compressed.
///
/// @return false when stopped; then nothing is left behind.
/// @throws Error FileAccess with the system's reason.
bool writeMetadataFile(const table::EmbeddingTable& table, const std::filesystem::path& path,
                       const base::TaskContext& context = {});

}  // namespace embedscope::formats
