// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace embedscope::base {

namespace {

constexpr std::size_t kZerosBehind = 64;

[[noreturn]] void throwSystem(const std::filesystem::path& path, const char* what) {
  throw Error(ErrorCode::FileAccess,
              std::string(what) + ": " + std::generic_category().message(errno),
              Place::ofFile(path));
}

/// Closes a file descriptor at the end of a scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}

  ~Descriptor() {
    if (m_fd >= 0) {
      ::close(m_fd);
    }
  }

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return m_fd; }

 private:
  int m_fd;
};

}  // namespace

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) {
    throwSystem(path, "cannot be opened");
  }
  struct stat info{};

  if (::fstat(fd.get(), &info) != 0) {
    throwSystem(path, "cannot be examined");
  }
  if (!S_ISREG(info.st_mode)) {
    throw Error(ErrorCode::FileAccess, "is not a regular file", Place::ofFile(path));
  }
  return ofDescriptor(fd.get(), static_cast<std::size_t>(info.st_size), path);
}

std::shared_ptr<const MappedFile> MappedFile::ofDescriptor(int descriptor, std::size_t size,
                                                           std::filesystem::path path) {
  const std::byte* data = nullptr;
  if (size > 0) {
    void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (memory == MAP_FAILED) {  // NOLINT: the system's own macro
      throwSystem(path, "cannot be mapped into memory");
    }
    data = static_cast<const std::byte*>(memory);
  }
  const int own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  return std::shared_ptr<const MappedFile>(new MappedFile(std::move(path), own, data, size));
}

MappedFile::MappedFile(std::filesystem::path path, int descriptor, const std::byte* data,
                       std::size_t size)
    : m_path(std::move(path)), m_descriptor(descriptor), m_data(data), m_size(size) {}

MappedFile::~MappedFile() {
  if (m_descriptor >= 0) {
    ::close(m_descriptor);
  }
  if (m_data != nullptr) {
    ::munmap(const_cast<std::byte*>(m_data), m_size);  // NOLINT: munmap takes void*
  }
}

std::string_view MappedFile::read(std::string_view part, std::vector<char>& buffer) const {
  if (m_descriptor < 0 || part.empty()) {
    return part;
  }
  buffer.resize(std::max(buffer.size(), part.size() + kZerosBehind));
  const auto begin = static_cast<std::size_t>(part.data() - text().data());
  std::size_t done = 0;
  while (done < part.size()) {
    const ssize_t got = ::pread(m_descriptor, buffer.data() + done, part.size() - done,
                                static_cast<off_t>(begin + done));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return part;
    }
    done += static_cast<std::size_t>(got);
  }
  std::fill_n(buffer.data() + part.size(), kZerosBehind, '\0');
  return {buffer.data(), part.size()};
}

void MappedFile::release(std::string_view part) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = static_cast<std::size_t>(part.data() - text().data());
  const std::size_t first = (begin + page - 1) / page * page;
  const std::size_t end = (begin + part.size()) / page * page;
  if (first < end) {
    auto* memory = const_cast<std::byte*>(m_data) + first;  // NOLINT: madvise takes void*
    ::madvise(memory, end - first, MADV_DONTNEED);          // of a mapped file: nothing is lost
  }
}

}  // namespace embedscope::base
