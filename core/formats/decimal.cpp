// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/decimal.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace embedscope::formats {

namespace {

// 10^10 = 2^10 · 5^10 and 5^10 < 2^24: every entry is exact in float.
constexpr std::array<float, 11> kPowersFloat = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F,
                                                1e6F, 1e7F, 1e8F, 1e9F, 1e10F};
// 5^22 < 2^53: every entry is exact in double.
constexpr std::array<double, 23> kPowersDouble = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int kMaxDigits = 19;  // always fit into 64 bits

bool endsField(const char* p, const char* end) {
  return p == end || *p == ' ' || *p == '\t';
}

unsigned digitAt(const char* p) {
  return static_cast<unsigned>(static_cast<unsigned char>(*p)) - '0';
}

/// mantissa / 10^decimals, when that is certain to be the nearest float.
std::optional<float> scaled(std::uint64_t mantissa, std::size_t decimals) {
  if (mantissa < (std::uint64_t{1} << 24U) && decimals < kPowersFloat.size()) {
    return static_cast<float>(mantissa) / kPowersFloat[decimals];
  }
  if (mantissa < (std::uint64_t{1} << 53U) && decimals < kPowersDouble.size()) {
    const double quotient = static_cast<double>(mantissa) / kPowersDouble[decimals];
    // Rounding twice is harmless unless the double is exactly half way between two floats.
    constexpr std::uint64_t kBelowFloat = (std::uint64_t{1} << 29U) - 1;
    constexpr std::uint64_t kHalfWay = std::uint64_t{1} << 28U;
    if ((std::bit_cast<std::uint64_t>(quotient) & kBelowFloat) != kHalfWay) {
      return static_cast<float>(quotient);
    }
  }
  return {};
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
    if (const std::optional<float> magnitude = scaled(mantissa, decimals)) {
      value = negative ? -*magnitude : *magnitude;
      return p;
    }
  }
  return readSlowly(begin, end, value);
}

bool looksNumeric(std::string_view field) {
  const bool hasDigit =
      std::any_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
  return hasDigit && base::parseFloat(field).has_value();
}

}  // namespace embedscope::formats
