// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/decimal.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace embedscope::formats {

namespace {

// 10^10 = 2^10 · 5^10 and 5^10 < 2^24: every entry is exact in float.
constexpr std::array<float, 11> kPowersFloat = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F,
                                                1e6F, 1e7F, 1e8F, 1e9F, 1e10F};
// 5^22 < 2^53: every entry is exact in double.
constexpr std::array<double, 23> kPowersDouble = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr std::array<std::uint64_t, 9> kPowersInteger = {1,      10,      100,      1000,     10000,
                                                         100000, 1000000, 10000000, 100000000};
constexpr int kMaxDigits = 19;  // always fit into 64 bits

bool endsField(const char* p, const char* end) {
  return p == end || *p == ' ' || *p == '\t';
}

unsigned digitAt(const char* p) {
  return static_cast<unsigned>(static_cast<unsigned char>(*p)) - '0';
}

/// mantissa / 10^decimals, when that is certain to be the nearest float.
bool scale(std::uint64_t mantissa, std::size_t decimals, float& value) {
  if (mantissa < (std::uint64_t{1} << 24U) && decimals < kPowersFloat.size()) {
    value = static_cast<float>(static_cast<std::int32_t>(mantissa)) / kPowersFloat[decimals];
    return true;
  }
  if (mantissa < (std::uint64_t{1} << 53U) && decimals < kPowersDouble.size()) {
    const double quotient =
        static_cast<double>(static_cast<std::int64_t>(mantissa)) / kPowersDouble[decimals];
    // Rounding twice is harmless unless the double is exactly half way between two floats.
    constexpr std::uint64_t kBelowFloat = (std::uint64_t{1} << 29U) - 1;
    constexpr std::uint64_t kHalfWay = std::uint64_t{1} << 28U;
    value = static_cast<float>(quotient);
    return (std::bit_cast<std::uint64_t>(quotient) & kBelowFloat) != kHalfWay;
  }
  return false;
}

// Eight characters at once ------------------------------------------------------------------------

constexpr std::uint64_t kZeros = 0x3030303030303030;

/// Bytes that readQuickly may look at.
constexpr std::ptrdiff_t kQuickBytes = 32;

/// The first eight characters, the first in the lowest byte, with 0 to 9 for digits.
std::uint64_t loadDigits(const char* p) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t characters = 0;
  std::memcpy(&characters, p, sizeof characters);
  return characters ^ kZeros;
}

/// How many of them are digits, from the first on.
unsigned digitCount(std::uint64_t digits) {
  constexpr std::uint64_t kAboveNine = 0x7676767676767676;  // carries 10 and more into the top bit
  constexpr std::uint64_t kTopBits = 0x8080808080808080;
  return static_cast<unsigned>(std::countr_zero(((digits + kAboveNine) | digits) & kTopBits)) / 8;
}

/// The number that the first `count` of them are. @param count  1 to 8.
std::uint64_t digitValue(std::uint64_t digits, unsigned count) {
  digits <<= 64 - 8 * count;
  digits = digits * 10 + (digits >> 8U);
  constexpr std::uint64_t kPairs = 0x000000FF000000FF;
  constexpr std::uint64_t kHundredAndMillion = 100 + (std::uint64_t{1000000} << 32U);
  constexpr std::uint64_t kOneAndTenThousand = 1 + (std::uint64_t{10000} << 32U);
  return ((digits & kPairs) * kHundredAndMillion +
          ((digits >> 16U) & kPairs) * kOneAndTenThousand) >>
         32U;
}

/// What most files of vectors consist of: one digit, a point, up to 16 digits, a separator.
/// @param begin  with kQuickBytes bytes to look at. @return nullptr for everything else.
const char* readQuickly(const char* begin, float& value) {
  const std::uint32_t negative = *begin == '-' ? 1 : 0;
  const char* p = begin + negative;
  const unsigned whole = digitAt(p);
  if (whole > 9 || p[1] != '.') {
    return nullptr;
  }
  p += 2;
  const std::uint64_t digits = loadDigits(p);
  unsigned decimals = digitCount(digits);
  if (decimals == 0) {
    return nullptr;
  }
  std::uint64_t mantissa = whole * kPowersInteger[decimals] + digitValue(digits, decimals);
  if (decimals == 8) {
    const std::uint64_t more = loadDigits(p + 8);
    const unsigned count = digitCount(more);
    if (count == 8) {
      return nullptr;
    }
    if (count > 0) {
      mantissa = mantissa * kPowersInteger[count] + digitValue(more, count);
      decimals += count;
    }
  }
  p += decimals;
  if (*p != ' ' && *p != '\t') {
    return nullptr;
  }
  float magnitude = 0;
  if (!scale(mantissa, decimals, magnitude)) {
    return nullptr;
  }
  value = std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | negative << 31U);
  return p;
}

const char* readSlowly(const char* begin, const char* end, float& value) {
  const char* stop = std::find_if(begin, end, [](char c) { return c == ' ' || c == '\t'; });
  const std::optional<float> number =
      base::parseFloat({begin, static_cast<std::size_t>(stop - begin)});
  if (!number) {
    return nullptr;
  }
  value = *number;
  return stop;
}

}  // namespace

const char* readDecimal(const char* begin, const char* end, float& value) {
  if (end - begin >= kQuickBytes) {
    if (const char* after = readQuickly(begin, value)) {
      return after;
    }
  }
  const char* p = begin;
  const bool negative = p != end && *p == '-';
  if (p != end && (*p == '-' || *p == '+')) {
    ++p;
  }
  std::uint64_t mantissa = 0;
  const char* digits = p;
  while (p != end && digitAt(p) < 10) {
    mantissa = mantissa * 10 + digitAt(p++);
  }
  auto count = p - digits;
  std::size_t decimals = 0;
  if (p != end && *p == '.') {
    const char* fraction = ++p;
    while (p != end && digitAt(p) < 10) {
      mantissa = mantissa * 10 + digitAt(p++);
    }
    decimals = static_cast<std::size_t>(p - fraction);
    count += p - fraction;
  }
  if (count > 0 && count <= kMaxDigits && endsField(p, end)) {
    float magnitude = 0;
    if (scale(mantissa, decimals, magnitude)) {
      value = negative ? -magnitude : magnitude;
      return p;
    }
  }
  return readSlowly(begin, end, value);
}

const char* readDecimals(const char* begin, const char* end, float* values, std::int64_t count) {
  const char* p = begin;
  for (std::int64_t i = 0; i < count; ++i) {
    while (p != end && (*p == ' ' || *p == '\t')) {
      ++p;
    }
    if (p == end || (p = readDecimal(p, end, values[i])) == nullptr) {
      return nullptr;
    }
  }
  return p;
}

bool looksNumeric(std::string_view field) {
  const bool hasDigit =
      std::any_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
  return hasDigit && base::parseFloat(field).has_value();
}

}  // namespace embedscope::formats
