// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace embedscope::files {

/// Bytes of memory that can be used without swapping; 0 when the system does not tell.
std::int64_t availableMemoryBytes();

}  // namespace embedscope::files
