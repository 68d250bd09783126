// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"
#include "core/formats/projector_config.h"

#include <optional>

namespace embedscope::formats {

/// The projector's tensors.tsv: tab-separated numbers, one point a line, no header; perhaps a label
/// in front. Labels and metadata otherwise come from a metadata file beside it: the one that
/// projector_config.json names, or by name (label_file.h).
///
/// One-dimensional vectors are refused, as TensorBoard does.
///
/// Written with its labels and metadata as `stem.metadata.tsv`, and projector_config.json.
extern const Format kProjectorTsvFormat;

/// Preview and table of a file that a configuration names.
Preview previewProjectorTsv(const Source& source, const ProjectorEntry& entry);
std::optional<LoadedTable> readProjectorTsv(const Source& source, const ProjectorEntry& entry,
                                            const base::TaskContext& context);

/// What the projector's files cannot hold.
std::vector<std::string> projectorLosses(const table::EmbeddingTable& table);

/// Adds `stem.metadata.tsv` and projector_config.json for a tensor file. @return false when
/// stopped.
bool writeProjectorCompanions(const table::EmbeddingTable& table,
                              const std::filesystem::path& tensor, OutputFiles& files,
                              const base::TaskContext& context);

}  // namespace embedscope::formats
