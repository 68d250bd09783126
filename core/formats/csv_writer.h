// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task_context.h"
#include "core/formats/output_files.h"
#include "core/table/embedding_table.h"

namespace embedscope::formats {

/// CSV: a header "label,0,1,…", then one row a line; labels quoted as RFC 4180 asks.
///
/// Holds every label (blanks, commas, quotes, line ends) and every bit of every number.
/// @return false when stopped.
bool writeCsv(const table::EmbeddingTable& table, const std::filesystem::path& path,
              OutputFiles& files, const base::TaskContext& context);

}  // namespace embedscope::formats
