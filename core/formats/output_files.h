// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/atomic_file.h"
#include "core/formats/sha256.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace embedscope::formats {

/// What is known of a file once it is complete.
struct FinishedFile {
  std::filesystem::path path;
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// The files that one table is written to. None appears before all of them are complete.
class OutputFiles {
 public:
  /// @param checksums  to be computed while the files are written.
  explicit OutputFiles(bool checksums = false);
  ~OutputFiles();
  OutputFiles(const OutputFiles&) = delete;
  OutputFiles& operator=(const OutputFiles&) = delete;

  /// Begins a file; one whose name ends in .gz is compressed. The reference is valid as long as
  /// this object lives.
  base::AtomicFile& add(const std::filesystem::path& path);

  /// Ends the files so far and tells about them; more may be added. Only with checksums.
  std::vector<FinishedFile> finish();

  /// Makes every file appear; the first one added comes last, so that it is there only when the
  /// files it needs are. @return all paths, in the order in which they were added.
  std::vector<std::filesystem::path> commit();

 private:
  struct Output;

  bool m_checksums;
  std::vector<std::unique_ptr<Output>> m_outputs;
};

}  // namespace embedscope::formats
