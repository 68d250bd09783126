// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace embedscope::base {

/// A whole file as read-only memory. Pages are loaded when they are touched.
///
/// The bytes stay valid as long as the object lives. If another program shortens the file
/// meanwhile, touching the lost pages ends the process: files are read once, soon after opening.
class MappedFile {
 public:
  /// @throws Error FileAccess with the system's reason; also for folders.
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);

  /// The first `size` bytes of an open file; the descriptor may be closed afterwards, the object
  /// keeps one of its own.
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

  /// The same bytes as a part of text(), read into a buffer of the caller's: for a pass over a file
  /// this is faster than mapped pages, each of which has to be found and forgotten again.
  ///
  /// @param part    of text(). @param buffer  grows as needed; a few bytes behind the part are
  /// zero.
  /// @return the bytes in the buffer; `part` itself where the system does not give them, for
  /// example
  ///         of a file that has become shorter. Threads: safe, with a buffer for each.
  std::string_view read(std::string_view part, std::vector<char>& buffer) const;

  /// Takes a part that was read out of this process's memory; when it is touched again it comes
  /// back from the system's cache, or the disk. So a pass over a file needs no memory for it.
  /// @param part  of text(). Threads: safe, also while others read the same part.
  void release(std::string_view part) const;

 private:
  MappedFile(std::filesystem::path path, int descriptor, const std::byte* data, std::size_t size);

  std::filesystem::path m_path;
  int m_descriptor;  ///< −1: none, nothing can be read from it
  const std::byte* m_data;
  std::size_t m_size;
};

}  // namespace embedscope::base
