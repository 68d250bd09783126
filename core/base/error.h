// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

namespace embedscope::base {

enum class ErrorCode {
  InvalidArgument,  ///< an option or a size does not fit; a caller's or a user's mistake
  BadData,          ///< a file was read, but what it says cannot be used
  FileAccess,       ///< a file could not be opened, read or written
  NonFinite,        ///< NaN or infinity where a number is needed
};

/// Where in the input a problem lies. Every part is optional.
struct Place {
  std::filesystem::path path;
  std::optional<std::int64_t> line;  ///< counted from 1
  std::optional<std::int64_t> byte;  ///< offset counted from 0

  static Place ofFile(std::filesystem::path path) { return {std::move(path), {}, {}}; }

  static Place ofLine(std::filesystem::path path, std::int64_t line) {
    return {std::move(path), line, {}};
  }

  static Place ofByte(std::filesystem::path path, std::int64_t byte) {
    return {std::move(path), {}, byte};
  }

  /// "data.csv:12", "vectors.bin, byte 4096" or "data.csv"; empty when nothing is known.
  std::string text() const;
};

/// The one exception type of the core: a code, a sentence for people, and the place.
///
/// `what()` is the place followed by the sentence; `sentence()` is the sentence alone.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string sentence, Place place = {});

  ErrorCode code() const { return m_code; }

  const std::string& sentence() const { return m_sentence; }

  const Place& place() const { return m_place; }

 private:
  ErrorCode m_code;
  std::string m_sentence;
  Place m_place;
};

}  // namespace embedscope::base
