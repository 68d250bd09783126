// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/float_text.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace embedscope::base {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::size_t kLongest = 15;  ///< "-1.17549435e-38"
constexpr std::size_t kSlack = 32;    ///< what writeFloat may touch from where it begins

constexpr int kSmallestPower = -31;
constexpr int kLargestPower = 45;

/// 256 bits, the lowest first.
using Bits256 = std::array<std::uint32_t, 8>;

constexpr Bits256 timesTen(Bits256 number) {
  std::uint64_t carry = 0;
  for (std::uint32_t& word : number) {
    carry += std::uint64_t{word} * 10;
    word = static_cast<std::uint32_t>(carry);
    carry >>= 32U;
  }
  return number;
}

constexpr Bits256 dividedByTen(Bits256 number) {
  std::uint64_t remainder = 0;
  for (std::size_t i = number.size(); i-- > 0;) {
    remainder = (remainder << 32U) | number[i];
    number[i] = static_cast<std::uint32_t>(remainder / 10);
    remainder %= 10;
  }
  return number;
}

/// The leading 64 bits.
constexpr std::uint64_t leadingBits(const Bits256& number) {
  std::uint64_t bits = 0;
  for (std::size_t i = number.size() * 32; i-- > 0 && bits >> 63U == 0;) {
    bits = (bits << 1U) | ((number[i / 32] >> (i % 32)) & 1U);
  }
  return bits;
}

/// ⌊10^n · 2^r⌋ + 1 for the r that makes it 64 bits long. Floors of floors are exact.
constexpr auto kPowersOfTen = [] {
  std::array<std::uint64_t, kLargestPower - kSmallestPower + 1> powers{};
  constexpr auto kZero = static_cast<std::size_t>(-kSmallestPower);
  Bits256 number{0, 0, 0, 0, 0, 0, 0, std::uint32_t{1} << 31U};
  for (std::size_t i = kZero; i > 0;) {
    number = dividedByTen(number);
    powers[--i] = leadingBits(number) + 1;
  }
  number = {0, 0, std::uint32_t{1} << 31U};  // 2^95, so that 10^0 has 64 bits as well
  for (std::size_t i = kZero; i < powers.size(); ++i) {
    powers[i] = leadingBits(number) + 1;
    number = timesTen(number);
  }
  return powers;
}();

constexpr int floorLog2OfPowerOfTen(int n) {
  return (n * 1741647) >> 19;
}

constexpr int floorLog10OfPowerOfTwo(int n) {
  return (n * 1262611) >> 22;
}

constexpr int floorLog10OfThreeQuartersOfPowerOfTwo(int n) {
  return (n * 1262611 - 524031) >> 22;
}

/// Without a jump: which one it is cannot be foretold from number to number.
template <typename Number>
constexpr Number choose(bool first, Number a, Number b) {
  return b ^ ((a ^ b) & (Number{0} - Number{first}));
}

/// digits · 10^exponent
struct Decimal {
  std::uint32_t digits = 0;
  int exponent = 0;
};

/// The decimal that Schubfach finds: of those within the rounding interval of the float one with
/// fewest digits, and then the closest. It may end in zeros.
///
/// @param fraction, exponentField  of a finite float that is not zero.
Decimal shortestDecimal(std::uint32_t fraction, std::uint32_t exponentField) {
  constexpr std::uint32_t kHiddenBit = std::uint32_t{1} << 23U;
  const bool isNormal = exponentField != 0;
  const std::uint32_t significand = isNormal ? fraction | kHiddenBit : fraction;
  const int binaryExponent = static_cast<int>(isNormal ? exponentField : 1) - 150;
  // Below a power of two floats lie twice as dense.
  const bool isLopsided = fraction == 0 && exponentField > 1;
  const int exponent = isLopsided ? floorLog10OfThreeQuartersOfPowerOfTwo(binaryExponent)
                                  : floorLog10OfPowerOfTwo(binaryExponent);

  // The float in units of 10^exponent, in fixed point, and how far its rounding interval reaches to
  // both sides. Cut-off bits and powers rounded up leave less than kBlur of error, all to one side,
  // and no float comes so close to a border without lying on it: all 2^32 have been tried.
  constexpr unsigned kPoint = 34;
  constexpr std::uint64_t kBlur = 3;
  const std::uint64_t power = kPowersOfTen[static_cast<std::size_t>(-exponent - kSmallestPower)];
  const auto shift = static_cast<unsigned>(binaryExponent + floorLog2OfPowerOfTen(-exponent) + 1);
  const auto value = static_cast<std::uint64_t>(
      (Wide{power} * (std::uint64_t{significand} << (shift + 2))) >> 32U);
  const std::uint64_t reach = power >> (31U - shift);

  // The ends of the interval belong to even significands.
  const std::uint64_t isOdd = significand & 1U;
  const std::uint64_t low = value - (isLopsided ? reach >> 1U : reach) - kBlur * (1 - isOdd);
  const std::uint64_t high = value + reach + 1 - kBlur * isOdd;
  const auto below = static_cast<std::uint32_t>(value >> kPoint);
  const std::uint32_t tensBelow = below / 10 * 10;
  const auto at = [](std::uint32_t number) { return std::uint64_t{number} << kPoint; };
  const bool tensBelowFits = low < at(tensBelow);
  const bool tensAboveFits = high >= at(tensBelow + 10);
  // To even from the middle. One of both always fits: the nearer, unless the interval is lopsided.
  const bool isNearerAbove =
      value - at(below) + kBlur * (below & 1U) >= (std::uint64_t{1} << (kPoint - 1)) + kBlur;
  const bool isBelowOut = low >= at(below);
  const std::uint32_t ones = below + static_cast<std::uint32_t>(isNearerAbove | isBelowOut);
  const std::uint32_t tens = tensBelow + choose(tensBelowFits, 0U, 10U);
  return {choose(tensBelowFits | tensAboveFits, tens, ones), exponent};
}

/// A decimal as text: first · rest with the point after `first`, times 10^exponent.
struct Digits {
  char first = '0';
  std::uint64_t rest = 0;  ///< eight digits, the next one in the lowest byte
  int count = 1;           ///< without zeros at the end
  int exponent = 0;
};

/// Eight digits of a number below 10^8 as bytes from 0 to 9, the first one lowest: split in halves
/// three times, all parts at once.
std::uint64_t eightDigits(std::uint32_t number) {
  const std::uint64_t fours = number / 10000 + (std::uint64_t{number % 10000} << 32U);
  const std::uint64_t hundreds = ((fours * 5243) >> 19U) & 0x0000007F0000007FU;
  const std::uint64_t twos = (fours << 16U) - hundreds * ((100U << 16U) - 1);
  const std::uint64_t tens = ((twos * 103) >> 10U) & 0x000F000F000F000FU;
  return (twos << 8U) - tens * ((10U << 8U) - 1);
}

Digits digitsOf(Decimal decimal) {
  while (decimal.digits < 1'000'000) {  // subnormal
    decimal.digits *= 10;
    --decimal.exponent;
  }
  static constexpr std::array<std::uint32_t, 3> kPowers = {1, 10, 100};
  const int missing = int{decimal.digits < 10'000'000} + int{decimal.digits < 100'000'000};
  decimal.digits *= kPowers[static_cast<std::size_t>(missing)];
  constexpr std::uint64_t kZeros = 0x3030303030303030U;
  const std::uint32_t first = decimal.digits / 100'000'000;
  const std::uint64_t rest = eightDigits(decimal.digits % 100'000'000);
  return {static_cast<char>('0' + first), rest | kZeros, 9 - std::countl_zero(rest) / 8,
          decimal.exponent + 8 - missing};
}

/// In memory order, so that the lowest byte comes first.
void store(char* out, std::uint64_t bytes) {
  if constexpr (std::endian::native == std::endian::big) {
    bytes = __builtin_bswap64(bytes);
  }
  std::memcpy(out, &bytes, sizeof bytes);
}

/// "0.00012", "1.5", "123", "100": exponents from -4 to 7.
char* writeFixed(char* out, Digits digits) {
  const int exponent = digits.exponent;
  const bool isBelowOne = exponent < 0;
  std::memcpy(out, "0.000000", 8);
  char* first = out + (isBelowOne ? 1 - exponent : 0);
  *first = digits.first;
  store(first + 1, digits.rest);
  // Makes room for the point between the digits; below one there is a point already, and so this
  // goes where nobody looks.
  const int whole = isBelowOne ? 0 : exponent;
  char* point = out + (isBelowOne ? 16 : exponent + 1);
  *point = '.';
  store(point + 1, digits.rest >> static_cast<unsigned>(whole * 8));
  const int withPoint = digits.count > whole + 1 ? digits.count + 1 : whole + 1;
  return isBelowOne ? first + digits.count : out + withPoint;
}

/// "1e-05", "1.5e+20"
[[gnu::noinline]] char* writeScientific(char* out, Digits digits) {
  *out++ = digits.first;
  if (digits.count > 1) {
    *out = '.';
    store(out + 1, digits.rest);
    out += digits.count;
  }
  const bool isNegative = digits.exponent < 0;
  const int exponent = isNegative ? -digits.exponent : digits.exponent;
  *out++ = 'e';
  *out++ = isNegative ? '-' : '+';
  *out++ = static_cast<char>('0' + exponent / 10);
  *out++ = static_cast<char>('0' + exponent % 10);
  return out;
}

/// "100000", "16777216": all digits of the number, not only those that tell it from its neighbors.
[[gnu::noinline]] char* writeInteger(char* out, float magnitude) {
  return std::to_chars(out, out + kLongest, static_cast<std::uint64_t>(magnitude)).ptr;
}

/// Whichever of both forms is shorter, fixed when they are equally long.
char* writeFinite(char* out, Digits digits, float magnitude) {
  const int exponent = digits.exponent;
  const int single = digits.count == 1 ? 1 : 0;  // needs no point in the scientific form
  if (exponent < single - 4 || exponent > digits.count + 4 - single) [[unlikely]] {
    return writeScientific(out, digits);
  }
  if (exponent > 4 && digits.count <= exponent + 1) [[unlikely]] {
    return writeInteger(out, magnitude);
  }
  return writeFixed(out, digits);
}

/// @param out  kSlack bytes. @return where the text ends, at most kLongest bytes further.
char* writeFloat(char* out, float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t fraction = bits & 0x007FFFFFU;
  const std::uint32_t exponent = (bits >> 23U) & 0xFFU;
  *out = '-';
  out += bits >> 31U;
  if (exponent == 0xFFU) [[unlikely]] {
    std::memcpy(out, fraction == 0 ? "inf" : "nan", 3);
    return out + 3;
  }
  if ((fraction | exponent) == 0) {
    *out = '0';
    return out + 1;
  }
  return writeFinite(out, digitsOf(shortestDecimal(fraction, exponent)),
                     std::bit_cast<float>(bits & 0x7FFFFFFFU));
}

}  // namespace

void appendFloat(std::string& out, float value) {
  appendFloats(out, {&value, 1}, ' ');
}

void appendFloats(std::string& out, std::span<const float> values, char separator) {
  if (values.empty()) {
    return;
  }
  const std::size_t begin = out.size();
  out.resize(begin + values.size() * (kLongest + 1) + kSlack);
  char* end = out.data() + begin;
  for (const float value : values) {
    end = writeFloat(end, value);
    *end++ = separator;
  }
  out.resize(static_cast<std::size_t>(end - 1 - out.data()));
}

}  // namespace embedscope::base
