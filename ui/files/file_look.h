// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/table_io.h"

#include <filesystem>
#include <optional>

namespace embedscope::files {

/// What a look at a file brings to light, without loading it.
struct FileLook {
  std::optional<formats::Preview> preview;
  table::TablePtr firstRows;                ///< up to kFirstRows; null where they cannot be read
  std::optional<formats::Warning> problem;  ///< why it cannot be read as asked for
};

constexpr std::int64_t kFirstRows = 5;

/// Looks at a file. Never throws: what is wrong is in the answer. For a background job.
/// @return nothing when stopped.
std::optional<FileLook> lookAt(const std::filesystem::path& path,
                               const formats::ReadOptions& options,
                               const base::TaskContext& context);

/// True for formats that are read line by line, so that a bad line can be left out.
bool hasLines(formats::FormatId format);

}  // namespace embedscope::files
