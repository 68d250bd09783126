// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace embedscope::fuzz {

/// The bytes of one input as a file in memory, which readers can map.
class FuzzFile {
 public:
  FuzzFile(const std::uint8_t* data, std::size_t size) : m_fd(::memfd_create("fuzz", 0)) {
    if (m_fd < 0 || ::write(m_fd, data, size) != static_cast<ssize_t>(size)) {
      std::abort();
    }
  }

  ~FuzzFile() { ::close(m_fd); }

  FuzzFile(const FuzzFile&) = delete;
  FuzzFile& operator=(const FuzzFile&) = delete;

  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(m_fd); }

 private:
  int m_fd;
};

}  // namespace embedscope::fuzz
