// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/memory.h"

#include <fstream>
#include <string>

namespace embedscope::files {

std::int64_t availableMemoryBytes() {
  std::ifstream info("/proc/meminfo");
  for (std::string key; info >> key;) {
    std::int64_t kibibytes = 0;
    if (key == "MemAvailable:" && info >> kibibytes) {
      return kibibytes * 1024;
    }
  }
  return 0;
}

}  // namespace embedscope::files
