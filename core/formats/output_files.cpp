// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/output_files.h"

#include "core/formats/gzip.h"

#include <ranges>

namespace embedscope::formats {

namespace {

std::unique_ptr<base::AtomicFile> fileFor(const std::filesystem::path& path) {
  if (path.extension() == ".gz") {
    return std::make_unique<GzipFile>(path);
  }
  return std::make_unique<base::AtomicFile>(path);
}

}  // namespace

struct OutputFiles::Output {
  std::filesystem::path path;
  std::unique_ptr<base::AtomicFile> file;
  Sha256 checksum = {};
  std::uint64_t bytes = 0;
};

OutputFiles::OutputFiles(bool checksums) : m_checksums(checksums) {}

OutputFiles::~OutputFiles() = default;

base::AtomicFile& OutputFiles::add(const std::filesystem::path& path) {
  m_outputs.push_back(std::make_unique<Output>());
  Output& output = *m_outputs.back();
  output.path = path;
  output.file = fileFor(path);
  if (m_checksums) {
    output.file->setTap([&output](std::string_view bytes) {
      output.checksum.add(bytes);
      output.bytes += bytes.size();
    });
  }
  return *output.file;
}

std::vector<FinishedFile> OutputFiles::finish() {
  std::vector<FinishedFile> finished;
  for (const auto& output : m_outputs) {
    output->file->finish();
    finished.push_back({output->path, output->bytes, output->checksum.hexadecimal()});
  }
  return finished;
}

std::vector<std::filesystem::path> OutputFiles::commit() {
  std::vector<std::filesystem::path> paths;
  for (const auto& output : m_outputs) {
    paths.push_back(output->path);
  }
  for (const auto& output : m_outputs | std::views::reverse) {
    output->file->commit();
  }
  return paths;
}

}  // namespace embedscope::formats
