// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/staging_folder.h"

#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace embedscope::cli {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& path, const std::string& what,
                       const std::error_code& reason) {
  throw base::Error(base::ErrorCode::FileAccess, what + ": " + reason.message(),
                    base::Place::ofFile(path));
}

}  // namespace

StagingFolder::StagingFolder(fs::path target) : m_target(std::move(target)) {
  makeTarget();
  std::string name = (m_target / ".embedscope-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    fail(m_target, "cannot write into this folder", {errno, std::generic_category()});
  }
  m_staging = name;
}

void StagingFolder::makeTarget() {
  for (fs::path folder = m_target; !folder.empty() && !fs::exists(folder);
       folder = folder.parent_path()) {
    m_made.insert(m_made.begin(), folder);
  }
  std::error_code reason;
  fs::create_directories(m_target, reason);
  if (reason) {
    fail(m_target, "cannot make this folder", reason);
  }
}

StagingFolder::~StagingFolder() {
  std::error_code ignored;
  fs::remove_all(m_staging, ignored);
  if (!m_committed) {
    for (auto folder = m_made.rbegin(); folder != m_made.rend(); ++folder) {
      fs::remove(*folder, ignored);  // only when it is empty
    }
  }
}

void StagingFolder::commit() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(m_staging)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  m_committed = true;
  for (const fs::path& file : files) {
    std::error_code reason;
    fs::rename(file, m_target / file.filename(), reason);
    if (reason) {
      fail(m_target / file.filename(), "cannot write this file", reason);
    }
  }
}

}  // namespace embedscope::cli
