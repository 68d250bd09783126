// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace embedscope::formats {

/// `vectors.npy` → `vectors.npy.pytorch.py`
std::filesystem::path snippetPath(const std::filesystem::path& table, Framework framework);

/// A Python program that loads a written table: `labels`, a list; `vectors`, float32, rows ×
/// dimension, bit for bit as written; `index`, which row a label has (the first that bears it);
/// and what the framework makes of them. It opens files by their names alone, so it is run in their
/// folder, and needs NumPy and the framework, nothing else.
///
/// @param path     as given to writeTable. @param example  a label, for the last lines.
/// @throws Error InvalidArgument for a format that is not written.
std::string loadingSnippet(Framework framework, FormatId format, const std::filesystem::path& path,
                           const WriteOptions& options, std::int64_t dimension,
                           std::string_view example);

}  // namespace embedscope::formats
