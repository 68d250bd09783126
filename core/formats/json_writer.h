// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

namespace embedscope::formats {

/// What JSON lines cannot hold: NaN, which is written as null.
std::vector<std::string> jsonLinesLosses(const table::EmbeddingTable& table);

/// Adds a table as JSON lines: {"label": …, then the metadata, "vector": […]}. Columns whose values
/// are all numbers are written as numbers, spelled as they are; missing values are null; a
/// column that is called label or vector gets a number behind its name. @return false when stopped.
bool writeJsonLines(const table::EmbeddingTable& table, const std::filesystem::path& path,
                    const WriteOptions& options, OutputFiles& files,
                    const base::TaskContext& context);

}  // namespace embedscope::formats
