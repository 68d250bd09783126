// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/base/error.h"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace embedscope::base {

namespace {

std::filesystem::path temporaryFolder() {
  if (const char* named = std::getenv("TMPDIR"); named != nullptr && *named != '\0') {
    return named;
  }
  std::error_code ignored;
  const std::filesystem::path onDisk = "/var/tmp";
  return std::filesystem::is_directory(onDisk, ignored)
             ? onDisk
             : std::filesystem::temp_directory_path(ignored);
}

/// A file that never had a name, where the file system can make one.
int openNameless(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    return descriptor;
  }
  std::string name = (folder / "embedscope-XXXXXX").string();
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) {
    ::unlink(name.c_str());
  }
  return named;
}

[[noreturn]] void fail(const std::filesystem::path& folder, const char* what) {
  throw Error(ErrorCode::FileAccess,
              std::string(what) + ": " + std::generic_category().message(errno) +
                  "; make room there, or set TMPDIR to another folder",
              Place::ofFile(folder));
}

}  // namespace

TemporaryFile::TemporaryFile() : m_folder(temporaryFolder()), m_descriptor(openNameless(m_folder)) {
  if (m_descriptor < 0) {
    fail(m_folder, "no temporary file can be made in this folder");
  }
}

TemporaryFile::~TemporaryFile() {
  ::close(m_descriptor);
}

void TemporaryFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      fail(m_folder, "a temporary file in this folder cannot be written");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    m_size += static_cast<std::size_t>(written);
  }
}

std::shared_ptr<const MappedFile> TemporaryFile::map(std::filesystem::path path) const {
  return MappedFile::ofDescriptor(m_descriptor, m_size, std::move(path));
}

}  // namespace embedscope::base
