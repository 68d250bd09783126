// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/task_context.h"

#include <cstdint>
#include <functional>
#include <string>

namespace embedscope::formats {

/// Writes rows as bytes, made in parallel and appended in order: while some are made, those before
/// them are written.
///
/// @param append  adds the bytes of one row to a buffer; called from several threads.
/// @return false when stopped.
bool writeRows(base::AtomicFile& file, std::int64_t rowCount, const base::TaskContext& context,
               const std::function<void(std::int64_t row, std::string& out)>& append);

}  // namespace embedscope::formats
