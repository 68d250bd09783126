// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/output_files.h"
#include "core/formats/table_io.h"

#include <filesystem>
#include <span>
#include <string>

namespace embedscope::formats {

/// `vectors.npy` → `vectors.npy.manifest.json`
std::filesystem::path manifestPath(const std::filesystem::path& table);

/// What a written table is and where it came from, as one JSON object:
///
///     {"program": "Embedscope 0.1.0", "written": "2026-11-26T11:26:07Z",
///      "source": "run 3", "seed": 1, "recipe": {…},
///      "format": "npy", "numbers": "float32", "rows": 100, "dimension": 16,
///      "changes": ["1 label contains blanks, …"],
///      "files": [{"name": "vectors.npy", "bytes": 6528, "sha256": "…"}, …]}
///
/// What there is not is null; `changes` is what writeLosses told.
/// @param written  seconds since 1970, for the time.
std::string manifestText(const table::EmbeddingTable& table, const table::Provenance& provenance,
                         FormatId format, const WriteOptions& options,
                         std::span<const FinishedFile> files, std::int64_t written);

}  // namespace embedscope::formats
