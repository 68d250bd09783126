// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace embedscope::base {

/// A whole file as read-only memory. Pages are loaded when they are touched.
///
/// The bytes stay valid as long as the object lives. If another program shortens the file
/// meanwhile, touching the lost pages ends the process: files are read once, soon after opening.
class MappedFile {
 public:
  /// @throws Error FileAccess with the system's reason; also for folders.
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);

  /// The first `size` bytes of an open file; the descriptor may be closed afterwards.
  /// @param path  what path() tells.
  /// @throws Error FileAccess with the system's reason.
  static std::shared_ptr<const MappedFile> ofDescriptor(int descriptor, std::size_t size,
                                                        std::filesystem::path path);

  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const std::filesystem::path& path() const { return m_path; }

  std::size_t size() const { return m_size; }

  const std::byte* data() const { return m_data; }

  std::string_view text() const {
    return {reinterpret_cast<const char*>(m_data), m_size};  // NOLINT: bytes seen as characters
  }

  /// Takes a part that was read out of this process's memory; when it is touched again it comes
  /// back from the system's cache, or the disk. So a pass over a file needs no memory for it.
  /// @param part  of text(). Threads: safe, also while others read the same part.
  void release(std::string_view part) const;

 private:
  MappedFile(std::filesystem::path path, const std::byte* data, std::size_t size);

  std::filesystem::path m_path;
  const std::byte* m_data;
  std::size_t m_size;
};

}  // namespace embedscope::base
