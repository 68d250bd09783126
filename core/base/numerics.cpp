// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/numerics.h"

#include <mutex>

extern "C" void openblas_set_num_threads(int count);

namespace embedscope::base {

void useOneBlasThread() {
  static std::once_flag once;
  std::call_once(once, [] { openblas_set_num_threads(1); });
}

}  // namespace embedscope::base
