// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace embedscope::formats {

enum class PickleKind : std::uint8_t {
  None,
  Bool,
  Int,
  BigInt,  ///< more than 64 bits: text() has its bytes, little-endian, two's complement
  Real,
  Text,        ///< UTF-8; lone surrogates may occur
  Bytes,       ///< also the strings of Python 2
  List,        ///< items() of the pickle
  Tuple,       ///< items()
  Set,         ///< items()
  Dict,        ///< items(): key, value, key, value, …
  Object,      ///< object(): what a class or function would have been called with
  Global,      ///< globalName(): a class or function, by its name only
  Persistent,  ///< object(): a reference to something outside, which args describes
};

/// One value of a pickle, 16 bytes: a number, a view of text that lies in the pickle's bytes, or
/// the number of something that the Pickle holds. Copies are free; nothing is owned.
class PickleValue {
 public:
  PickleValue() : m_integer(0) {}

  static PickleValue ofInteger(PickleKind kind, std::int64_t value) {
    PickleValue out(kind, 0);
    out.m_integer = value;
    return out;
  }

  static PickleValue ofReal(double value) {
    PickleValue out(PickleKind::Real, 0);
    out.m_real = value;
    return out;
  }

  /// @param kind  Text, Bytes or BigInt.
  static PickleValue ofText(PickleKind kind, std::string_view text) {
    PickleValue out(kind, text.size());
    out.m_text = text.data();
    return out;
  }

  PickleKind kind() const { return static_cast<PickleKind>(m_kindAndLength >> kLengthBits); }

  bool is(PickleKind kind) const { return this->kind() == kind; }

  /// Text, or the bytes that Python 2 wrote for it.
  bool isText() const { return is(PickleKind::Text) || is(PickleKind::Bytes); }

  bool isText(std::string_view text) const { return isText() && this->text() == text; }

  /// Of Bool and Int; of the other kinds that are no text or Real: their number in the pickle.
  std::int64_t integer() const { return m_integer; }

  double real() const { return m_real; }

  /// Of Text, Bytes and BigInt.
  std::string_view text() const {
    return {m_text, static_cast<std::size_t>(m_kindAndLength & kLengthMask)};
  }

 private:
  static constexpr int kLengthBits = 56;
  static constexpr std::uint64_t kLengthMask = (std::uint64_t{1} << kLengthBits) - 1;

  PickleValue(PickleKind kind, std::uint64_t length)
      : m_kindAndLength((static_cast<std::uint64_t>(kind) << kLengthBits) | length), m_integer(0) {}

  std::uint64_t m_kindAndLength = 0;

  union {
    std::int64_t m_integer;
    double m_real;
    const char* m_text;
  };
};

}  // namespace embedscope::formats
