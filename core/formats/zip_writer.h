// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope::formats {

/// The checksum of a zip member, taken piece by piece.
class ZipChecksum {
 public:
  void add(std::string_view bytes);

  std::uint32_t value() const { return m_value; }

 private:
  std::uint32_t m_value = 0;
};

/// Writes a zip archive of stored members, with ZIP64 fields so that none is too large. The bytes
/// of every member begin at a multiple of 64, so that arrays can be mapped.
class ZipWriter {
 public:
  explicit ZipWriter(base::AtomicFile& file) : m_file(file) {}

  /// Begins a member; exactly `size` bytes with this checksum have to be written to the file next.
  void begin(std::string_view name, std::uint64_t size, std::uint32_t checksum);

  /// Writes the directory. Call once, last.
  void finish();

 private:
  struct Entry {
    std::string name;
    std::uint64_t size = 0;
    std::uint32_t checksum = 0;
    std::uint64_t offset = 0;
  };

  base::AtomicFile& m_file;
  std::vector<Entry> m_entries;
  std::uint64_t m_offset = 0;  ///< where the next member begins
};

}  // namespace embedscope::formats
