// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mapped_file.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

namespace embedscope::base {

/// A file without a name, for bytes that are too many to be held in memory beside something else.
/// The system frees it when it is closed, also when the process is killed.
///
/// It lies in $TMPDIR, else in /var/tmp (which, other than /tmp, is never a part of memory), else
/// where the system keeps temporary files.
class TemporaryFile {
 public:
  /// @throws Error FileAccess with the folder and the system's reason.
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  /// Appends bytes. @throws Error FileAccess, e.g. when the disk is full, with what to do.
  void write(std::string_view bytes);

  std::size_t size() const { return m_size; }

  /// What was written so far as read-only memory, which outlives this object.
  ///
  /// @param path  what MappedFile::path() tells: where the bytes come from, for messages.
  std::shared_ptr<const MappedFile> map(std::filesystem::path path) const;

 private:
  std::filesystem::path m_folder;
  int m_descriptor = -1;
  std::size_t m_size = 0;
};

}  // namespace embedscope::base
