// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

namespace embedscope::base {

/// How many threads `parallelBlocks` uses at most; at least 1. Default: the machine's cores.
int threadCount();

/// Sets that number for the whole process; values below 1 mean the machine's cores.
void setThreadCount(int count);

/// The one parallel seam of the core: calls `body(block)` once for every block in [0, blockCount).
///
/// Blocks are handed out in rising order to at most `threadCount()` threads, the caller being one
/// of them. Block borders must not depend on the number of threads; then, if a block's result
/// depends on its number alone and results are combined in block order, 1, 2 and 7 threads give
/// the same bits. Nested calls run on the calling thread.
///
/// @throws whatever a body throws (the one of the smallest block that threw), after every running
///         body has ended; blocks not begun by then are skipped.
void parallelBlocks(std::int64_t blockCount, const std::function<void(std::int64_t block)>& body);

}  // namespace embedscope::base
