// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace embedscope::base {

namespace {

/// from_chars reports "out of range" for both ends; the exponent's sign tells which.
template <typename Number>
Number saturated(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::size_t e = text.find_first_of("eE");
  const bool small = e != std::string_view::npos && e + 1 < text.size() && text[e + 1] == '-';
  // Without an exponent only a very long run of zeros after the point can be too small.
  const bool fraction = e == std::string_view::npos &&
                        text.find_first_of("123456789.") < text.size() &&
                        text[text.find_first_of("123456789.")] == '.';
  const Number magnitude = small || fraction ? Number(0) : std::numeric_limits<Number>::infinity();
  return negative ? -magnitude : magnitude;
}

template <typename Number>
std::optional<Number> parseNumber(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) {
      return {};
    }
  }
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (stop != end || text.empty() || status == std::errc::invalid_argument) {
    return {};
  }
  if (status == std::errc::result_out_of_range) {
    return saturated<Number>(text);
  }
  return value;
}

/// Length of the well-formed UTF-8 sequence at the start of `s`, 0 when there is none.
std::size_t sequenceLength(std::string_view s) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    return 1;
  }
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    low = first == 0xE0 ? 0xA0 : 0x80;
    high = first == 0xED ? 0x9F : 0xBF;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    low = first == 0xF0 ? 0x90 : 0x80;
    high = first == 0xF4 ? 0x8F : 0xBF;
  }
  if (length == 0 || s.size() < length || byte(1) < low || byte(1) > high) {
    return 0;
  }
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return 0;
    }
  }
  return length;
}

}  // namespace

std::optional<float> parseFloat(std::string_view text) {
  return parseNumber<float>(text);
}

std::optional<double> parseDouble(std::string_view text) {
  return parseNumber<double>(text);
}

std::optional<std::int64_t> parseInteger(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (text.empty() || stop != end || status != std::errc{}) {
    return {};
  }
  return value;
}

std::string groupedDigits(std::int64_t value) {
  std::string digits = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

std::string byteSize(double bytes) {
  static constexpr std::array<const char*, 5> kUnits = {"bytes", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
    bytes /= 1000.0;
    ++unit;
  }
  const int decimals = unit == 0 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
  std::array<char, 32> buffer;
  const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), bytes,
                                           std::chars_format::fixed, decimals);
  return std::string(buffer.data(), end) + " " + kUnits[unit];
}

bool isUtf8(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  for (std::uint64_t eight = 0; bytes.size() >= sizeof eight; bytes.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, bytes.data(), sizeof eight);
    if ((eight & kHighBits) != 0) {
      break;
    }
  }
  while (!bytes.empty()) {
    const std::size_t length = sequenceLength(bytes);
    if (length == 0) {
      return false;
    }
    bytes.remove_prefix(length);
  }
  return true;
}

std::string repairedUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = sequenceLength(bytes);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      bytes.remove_prefix(1);
      // One mark for the whole broken character, not one for each of its bytes.
      while (!bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0xC0U) == 0x80U) {
        bytes.remove_prefix(1);
      }
    } else {
      out += bytes.substr(0, length);
      bytes.remove_prefix(length);
    }
  }
  return out;
}

std::string shownUtf8(std::string_view bytes) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = sequenceLength(bytes);
    if (length == 0) {
      const auto byte = static_cast<unsigned char>(bytes.front());
      out += "\\x";
      out += kHexDigits[byte >> 4U];
      out += kHexDigits[byte & 0x0FU];
      bytes.remove_prefix(1);
    } else {
      out += bytes.substr(0, length);
      bytes.remove_prefix(length);
    }
  }
  return out;
}

std::optional<std::int64_t> checkedProduct(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (a < 0 || b < 0 || __builtin_mul_overflow(a, b, &product)) {
    return {};
  }
  return product;
}

}  // namespace embedscope::base
