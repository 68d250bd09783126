// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace embedscope::tests {

/// A fresh folder that is removed with everything in it at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::random_device device;
    do {
      m_path = std::filesystem::temp_directory_path() /
               ("embedscope-test-" + std::to_string(device()) + std::to_string(device()));
    } while (!std::filesystem::create_directory(m_path));
  }

  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
  }

  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return m_path; }

  std::filesystem::path operator/(std::string_view name) const { return m_path / name; }

  /// Writes a file in the folder and gives its path.
  std::filesystem::path file(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path target = m_path / name;
    std::ofstream(target, std::ios::binary) << bytes;
    return target;
  }

 private:
  std::filesystem::path m_path;
};

/// All bytes of a file.
inline std::string fileBytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace embedscope::tests
