// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/output_files.h"
#include "core/formats/projector_config.h"
#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// The projector's tensors.tsv: tab-separated numbers, one point a line, no header; perhaps a label
/// in front. Labels and metadata otherwise come from a metadata file beside it: the one that
/// projector_config.json names, or by name (label_file.h).
///
/// One-dimensional vectors are refused, as TensorBoard does.
Preview previewProjectorTsv(const Source& source);
std::optional<LoadedTable> readProjectorTsv(const Source& source, const base::TaskContext& context);

/// The same for a file that a configuration names.
Preview previewProjectorTsv(const Source& source, const ProjectorEntry& entry);
std::optional<LoadedTable> readProjectorTsv(const Source& source, const ProjectorEntry& entry,
                                            const base::TaskContext& context);

/// `path`, its labels and metadata as `stem.metadata.tsv`, and projector_config.json.
/// @return false when stopped.
bool writeProjectorTsv(const table::EmbeddingTable& table, const std::filesystem::path& path,
                       OutputFiles& files, const base::TaskContext& context);

/// Adds `stem.metadata.tsv` and projector_config.json for a tensor file. @return false when
/// stopped.
bool writeProjectorCompanions(const table::EmbeddingTable& table,
                              const std::filesystem::path& tensor, OutputFiles& files,
                              const base::TaskContext& context);

}  // namespace embedscope::formats
