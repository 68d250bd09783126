// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace embedscope::base {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20U;
constexpr std::size_t kBytesPerSync = std::size_t{16} << 20U;

/// The permissions a newly created file would get, or those of the file to be replaced.
mode_t permissionsFor(const std::filesystem::path& target) {
  struct stat info{};

  if (::stat(target.c_str(), &info) == 0) {
    return info.st_mode & 0777U;
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path target) : m_target(std::move(target)) {
  std::error_code ignored;
  if (std::filesystem::is_directory(m_target, ignored)) {
    throw Error(ErrorCode::FileAccess, "is a folder; choose a file name", Place::ofFile(m_target));
  }
  m_temporary = m_target.string() + ".XXXXXX";
  const int fd = ::mkstemp(m_temporary.data());
  if (fd < 0) {
    m_temporary.clear();
    fail("cannot be written");
  }
  ::fchmod(fd, permissionsFor(m_target));
  m_file = ::fdopen(fd, "wb");
  if (m_file == nullptr) {
    ::close(fd);
    ::unlink(m_temporary.c_str());
    fail("cannot be written");
  }
  std::setvbuf(m_file, nullptr, _IOFBF, kBufferBytes);
}

AtomicFile::~AtomicFile() {
  if (m_file != nullptr) {
    std::fclose(m_file);
    ::unlink(m_temporary.c_str());
  }
}

void AtomicFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), m_file) != bytes.size()) {
    fail("cannot be written");
  }
  if (m_tap) {
    m_tap(bytes);
  }
  m_written += bytes.size();
  if (m_written - m_syncing >= kBytesPerSync) {
    beginSync();
  }
}

/// The system may begin to write what it has, so that commit() waits for the rest only.
void AtomicFile::beginSync() {
#ifdef SYNC_FILE_RANGE_WRITE
  ::sync_file_range(::fileno(m_file), static_cast<off64_t>(m_syncing),
                    static_cast<off64_t>(m_written - m_syncing), SYNC_FILE_RANGE_WRITE);
#endif
  m_syncing = m_written;
}

void AtomicFile::write(std::span<const float> values) {
  const std::span<const std::byte> bytes = std::as_bytes(values);
  write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});  // NOLINT: as characters
}

void AtomicFile::commit() {
  finish();
  const bool written = std::fflush(m_file) == 0 && ::fsync(::fileno(m_file)) == 0;
  const int reason = errno;
  const bool closed = std::fclose(m_file) == 0;
  m_file = nullptr;
  if (!written || !closed) {
    ::unlink(m_temporary.c_str());
    errno = written ? errno : reason;
    fail("cannot be written");
  }
  if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
    const int renameReason = errno;
    ::unlink(m_temporary.c_str());
    errno = renameReason;
    fail("cannot be replaced");
  }
}

void AtomicFile::fail(const char* what) const {
  throw Error(ErrorCode::FileAccess,
              std::string(what) + ": " + std::generic_category().message(errno),
              Place::ofFile(m_target));
}

}  // namespace embedscope::base
