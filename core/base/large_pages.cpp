// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/large_pages.h"

#include <sys/mman.h>

#include <memory>

namespace embedscope::base {

void preferLargePages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  constexpr std::size_t kLargePage = std::size_t{2} << 20U;
  if (std::align(kLargePage, kLargePage, memory, bytes) != nullptr) {
    madvise(memory, bytes / kLargePage * kLargePage, MADV_HUGEPAGE);
  }
#endif
}

}  // namespace embedscope::base
