// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/output_files.h"

#include "core/formats/gzip.h"

#include <ranges>

namespace embedscope::formats {

base::AtomicFile& OutputFiles::add(const std::filesystem::path& path) {
  if (path.extension() == ".gz") {
    m_files.push_back(std::make_unique<GzipFile>(path));
  } else {
    m_files.push_back(std::make_unique<base::AtomicFile>(path));
  }
  m_paths.push_back(path);
  return *m_files.back();
}

std::vector<std::filesystem::path> OutputFiles::commit() {
  for (const auto& file : m_files | std::views::reverse) {
    file->commit();
  }
  return m_paths;
}

}  // namespace embedscope::formats
