// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace embedscope::base {

/// Asks the system to hold memory in large pages, which scattered access to a large table needs:
/// with pages of 4 kB, nearly every row of it costs a walk through the page tables beside the row.
///
/// A hint that changes no content; systems without large pages ignore it. It works only for pages
/// that have not been written to yet, so call it between allocating and filling.
///
/// @param memory  of `bytes` bytes, owned by the caller. Blocks too small for a large page are
///                left as they are, and so are the ends of others.
void preferLargePages(void* memory, std::size_t bytes);

}  // namespace embedscope::base
