// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace embedscope::base {

/// Writes a file so that it appears whole or not at all.
///
/// Bytes go to a temporary file in the same folder; `commit()` syncs it and renames it over the
/// target. Without a commit (error, cancel, killed process) the old file stays as it was, and the
/// destructor removes the temporary one. Classes that pack bytes on their way override write() and
/// finish().
class AtomicFile {
 public:
  /// @throws Error FileAccess when the folder cannot be written to.
  explicit AtomicFile(std::filesystem::path target);
  virtual ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Appends bytes (buffered). @throws Error FileAccess, e.g. when the disk is full.
  virtual void write(std::string_view bytes);

  /// Appends the bytes of numbers, as they lie in memory (little-endian).
  void write(std::span<const float> values);

  /// Hands every byte that goes into the file on, too: for checksums. Call before writing.
  void setTap(std::function<void(std::string_view)> tap) { m_tap = std::move(tap); }

  /// Ends the content; nothing may be written afterwards. @throws Error FileAccess.
  virtual void finish() {}

  /// Makes the file appear, finished. Call once, last. @throws Error FileAccess.
  void commit();

 private:
  void beginSync();
  [[noreturn]] void fail(const char* what) const;

  std::filesystem::path m_target;
  std::string m_temporary;
  std::FILE* m_file = nullptr;
  std::size_t m_written = 0;
  std::size_t m_syncing = 0;  ///< so many bytes are on their way to the disk, or there
  std::function<void(std::string_view)> m_tap;
};

}  // namespace embedscope::base
