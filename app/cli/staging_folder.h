// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace embedscope::cli {

/// Several files that appear in a folder together, once all of them are written.
///
/// They are written to a hidden folder inside the target, which `commit` empties into it. Without
/// a commit the hidden folder goes away, and so do folders that were made for it.
class StagingFolder {
 public:
  /// @param target  made, with its parents, when it does not exist.
  /// @throws Error FileAccess with the system's reason.
  explicit StagingFolder(std::filesystem::path target);
  ~StagingFolder();
  StagingFolder(const StagingFolder&) = delete;
  StagingFolder& operator=(const StagingFolder&) = delete;

  /// Where to write.
  const std::filesystem::path& path() const { return m_staging; }

  /// Moves every file into the target, in the order of their names; existing files of the same
  /// names are replaced. @throws Error FileAccess.
  void commit();

 private:
  void makeTarget();

  std::filesystem::path m_target;
  std::filesystem::path m_staging;
  std::vector<std::filesystem::path> m_made;  ///< folders that did not exist, outermost first
  bool m_committed = false;
};

}  // namespace embedscope::cli
