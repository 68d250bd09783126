// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/output_files.h"
#include "core/formats/source.h"

#include <optional>

namespace embedscope::formats {

/// NumPy arrays of two axes: float16, float32, float64, integers and bool, either byte order, C and
/// Fortran order. Labels come from a file beside it (label_file.h).
Preview previewNpy(const Source& source);

/// Little-endian float32 in C order stays in the mapped file; everything else is converted to
/// float32, in parallel and rounded to nearest.
///
/// @throws Error BadData: not two axes, no rows, or the file is shorter than its shape.
std::optional<LoadedTable> readNpy(const Source& source, const base::TaskContext& context);

/// `path` as version 1.0, little-endian float32, and its labels beside it as `stem.labels.txt`.
/// @return false when stopped.
bool writeNpy(const table::EmbeddingTable& table, const std::filesystem::path& path,
              OutputFiles& files, const base::TaskContext& context);

}  // namespace embedscope::formats
