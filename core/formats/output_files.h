// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace embedscope::formats {

/// The files that one table is written to. None appears before all of them are complete.
class OutputFiles {
 public:
  /// Begins a file; one whose name ends in .gz is compressed. The reference is valid as long as
  /// this object lives.
  base::AtomicFile& add(const std::filesystem::path& path);

  /// Makes every file appear; the first one added comes last, so that it is there only when the
  /// files it needs are. @return all paths, in the order in which they were added.
  std::vector<std::filesystem::path> commit();

 private:
  std::vector<std::filesystem::path> m_paths;
  std::vector<std::unique_ptr<base::AtomicFile>> m_files;
};

}  // namespace embedscope::formats
