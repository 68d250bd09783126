// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/output_files.h"
#include "core/formats/projector_config.h"
#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// The projector's tensors.bytes: float32, row-major, and nothing else.
///
/// The dimension is the one that projector_config.json beside it says, else the number of values
/// divided by the number of labels in a label file. Rows stay in the mapped file.
/// @throws Error BadData: no whole number of floats, or no way to know the dimension.
Preview previewProjectorBytes(const Source& source);
std::optional<LoadedTable> readProjectorBytes(const Source& source,
                                              const base::TaskContext& context);

/// The same for a file that a configuration names.
Preview previewProjectorBytes(const Source& source, const ProjectorEntry& entry);
std::optional<LoadedTable> readProjectorBytes(const Source& source, const ProjectorEntry& entry,
                                              const base::TaskContext& context);

/// `path`, its labels and metadata as `stem.metadata.tsv`, and projector_config.json.
/// @return false when stopped.
bool writeProjectorBytes(const table::EmbeddingTable& table, const std::filesystem::path& path,
                         OutputFiles& files, const base::TaskContext& context);

}  // namespace embedscope::formats
