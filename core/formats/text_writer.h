// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/task_context.h"
#include "core/formats/label_rules.h"

namespace embedscope::formats {

/// Writes every row as a line: its label (by the rules), then its numbers, all separated by blanks.
/// @return false when stopped.
bool writeLabelledRows(const table::EmbeddingTable& table, const LabelRules& rules,
                       base::AtomicFile& file, const base::TaskContext& context);

}  // namespace embedscope::formats
