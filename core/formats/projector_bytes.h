// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"
#include "core/formats/projector_config.h"

#include <optional>

namespace embedscope::formats {

/// The projector's tensors.bytes: float32, row-major, and nothing else.
///
/// The dimension is the one that projector_config.json beside it says, else the number of values
/// divided by the number of labels in a label file. Rows stay in the mapped file. Refused: no whole
/// number of floats, or no way to know the dimension.
///
/// Written with its labels and metadata as `stem.metadata.tsv`, and projector_config.json.
extern const Format kProjectorBytesFormat;

/// Preview and table of a file that a configuration names.
Preview previewProjectorBytes(const Source& source, const ProjectorEntry& entry);
std::optional<LoadedTable> readProjectorBytes(const Source& source, const ProjectorEntry& entry,
                                              const base::TaskContext& context);

}  // namespace embedscope::formats
