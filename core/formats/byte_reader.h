// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

namespace embedscope::formats {

/// Tells where a byte lies: of a file, or of something inside an archive.
using PlaceOfByte = std::function<base::Place(std::size_t byte)>;

/// Goes through the bytes of a binary file, little-endian, and never past their end.
class ByteReader {
 public:
  /// @param bytes    kept alive by the caller, as is `placeOf`.
  /// @param begin    where in the bytes to begin.
  ByteReader(std::string_view bytes, const PlaceOfByte& placeOf, std::size_t begin = 0)
      : m_bytes(bytes), m_placeOf(placeOf), m_at(begin) {}

  std::size_t position() const { return m_at; }

  std::size_t size() const { return m_bytes.size(); }

  std::size_t remaining() const { return m_bytes.size() - m_at; }

  /// The next number. @param what  names it for the error: "the file ends inside {what}".
  template <typename Number>
  Number read(std::string_view what) {
    static_assert(std::is_arithmetic_v<Number>);
    const std::string_view bytes = take(sizeof(Number), what);
    Number value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  /// The next `count` bytes.
  std::string_view take(std::uint64_t count, std::string_view what) {
    if (count > remaining()) {
      m_at = m_bytes.size();
      fail("the file ends inside " + std::string(what));
    }
    const std::string_view taken = m_bytes.substr(m_at, static_cast<std::size_t>(count));
    m_at += taken.size();
    return taken;
  }

  /// Up to a byte, which is passed over, too.
  std::string_view takeUntil(char end, std::string_view what) {
    const std::size_t found = m_bytes.find(end, m_at);
    if (found == std::string_view::npos) {
      m_at = m_bytes.size();
      fail("the file ends inside " + std::string(what));
    }
    const std::string_view taken = m_bytes.substr(m_at, found - m_at);
    m_at = found + 1;
    return taken;
  }

  /// @throws Error BadData at the place where the reader is.
  [[noreturn]] void fail(std::string sentence) const {
    throw base::Error(base::ErrorCode::BadData, std::move(sentence), m_placeOf(m_at));
  }

 private:
  std::string_view m_bytes;
  const PlaceOfByte& m_placeOf;
  std::size_t m_at;
};

}  // namespace embedscope::formats
