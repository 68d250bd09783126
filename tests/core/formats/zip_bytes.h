// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"
#include "core/formats/zip_writer.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::formats {

/// Writes an archive of stored members.
inline std::filesystem::path writeZip(
    const std::filesystem::path& path,
    const std::vector<std::pair<std::string, std::string>>& members) {
  base::AtomicFile file(path);
  ZipWriter zip(file);
  for (const auto& [name, bytes] : members) {
    ZipChecksum checksum;
    checksum.add(bytes);
    zip.begin(name, bytes.size(), checksum.value());
    file.write(bytes);
  }
  zip.finish();
  file.commit();
  return path;
}

}  // namespace embedscope::formats
