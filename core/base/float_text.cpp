// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/float_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace embedscope::base {

namespace {

constexpr std::size_t kLongest = 15;  ///< "-1.17549435e-38"
constexpr std::size_t kSlack = 32;    ///< what writeFloat may touch from where it begins

/// What every exponent field asks for, those of zero and infinity, too.
constexpr int kSmallestPower = -31;
constexpr int kLargestPower = 46;

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

// What follows up to digitsOf has no jumps and keeps to 64 bits, so that it is vectorized where it
// is called in a loop (see AVX-512 below).

[[gnu::always_inline]] inline std::int64_t floorLog2OfPowerOfTen(std::int64_t n) {
  return (n * 1741647) >> 19;
}

[[gnu::always_inline]] inline std::uint64_t oneIf(bool condition) {
  return condition ? 1 : 0;
}

/// digits · 10^exponent
struct Decimal {
  std::uint64_t digits = 0;
  std::int64_t exponent = 0;
};

/// The decimal that Schubfach finds: of those within the rounding interval of the float one with
/// fewest digits, and then the closest. It may end in zeros.
///
/// @param bits  of a normal float; for others there is no sense in the result.
[[gnu::always_inline]] inline Decimal shortestDecimal(std::uint64_t bits) {
  const std::uint64_t fraction = bits & 0x007FFFFFU;
  const std::uint64_t field = (bits >> 23U) & 0xFFU;
  const std::uint64_t significand = fraction | 0x00800000U;
  const auto binaryExponent = static_cast<std::int64_t>(field) - 150;
  // Below a power of two floats lie twice as dense, but for the smallest normal one.
  const std::uint64_t isLopsided = oneIf(fraction == 0) & oneIf(field > 1);
  // ⌊log10 2^q⌋, or of ¾ of that: the interval holds one of these units at least, and less than
  // ten.
  const std::int64_t exponent =
      (binaryExponent * 1262611 - static_cast<std::int64_t>(isLopsided * 524031)) >> 22;

  // The float in these units, in fixed point, and how far its rounding interval reaches to both
  // sides. Cut-off bits and powers rounded up leave less than kBlur of error, all to one side, and
  // no float comes so close to a border without lying on it: all 2^32 have been tried.
  constexpr unsigned kPoint = 34;
  constexpr std::uint64_t kBlur = 3;
  const std::uint64_t power = kPowersOfTen[static_cast<std::size_t>(-exponent - kSmallestPower)];
  const auto shift =
      static_cast<std::uint64_t>(binaryExponent + floorLog2OfPowerOfTen(-exponent) + 1);
  const std::uint64_t scaled = significand << (shift + 2);
  const std::uint64_t value = (power >> 32U) * scaled +
                              (((power & 0xFFFFFFFFU) * scaled) >> 32U);  // ⌊power · scaled / 2^32⌋
  const std::uint64_t reach = power >> (31U - shift);

  // The ends of the interval belong to even significands.
  const std::uint64_t isOdd = significand & 1U;
  const std::uint64_t low = value - (reach >> isLopsided) - kBlur * (1 - isOdd);
  const std::uint64_t high = value + reach + 1 - kBlur * isOdd;
  const std::uint64_t below = value >> kPoint;
  const std::uint64_t tensBelow = ((below * 0xCCCCCCCDU) >> 35U) * 10;
  const std::uint64_t tensBelowFits = oneIf(low < tensBelow << kPoint);
  const std::uint64_t tensAboveFits = oneIf(high >= (tensBelow + 10) << kPoint);
  // To even from the middle. One of both always fits: the nearer, unless the interval is lopsided.
  constexpr std::uint64_t kMiddle = std::uint64_t{1} << (kPoint - 1);
  const std::uint64_t isNearerAbove =
      oneIf(value - (below << kPoint) + kBlur * (below & 1U) >= kMiddle + kBlur);
  const std::uint64_t isBelowOut = oneIf(low >= below << kPoint);
  const std::uint64_t ones = below + (isNearerAbove | isBelowOut);
  const std::uint64_t tens = tensBelow + 10 * (1 - tensBelowFits);
  return {(tensBelowFits | tensAboveFits) != 0 ? tens : ones, exponent};
}

/// Eight digits of a number below 10^8 as bytes from 0 to 9, the first one lowest: split in halves
/// three times, all parts at once.
[[gnu::always_inline]] inline std::uint64_t eightDigits(std::uint64_t number) {
  const std::uint64_t high = (number * 3518437209U) >> 45U;  // / 10^4
  const std::uint64_t fours = high + ((number - high * 10'000) << 32U);
  const std::uint64_t hundreds = ((fours * 5243) >> 19U) & 0x0000007F0000007FU;
  const std::uint64_t twos = (fours << 16U) - hundreds * ((100U << 16U) - 1);
  const std::uint64_t tens = ((twos * 103) >> 10U) & 0x000F000F000F000FU;
  return (twos << 8U) - tens * ((10U << 8U) - 1);
}

/// A decimal of nine digits: first · rest with the point after `first`, times 10^exponent.
struct Digits {
  std::uint64_t first = 0;
  std::uint64_t rest = 0;  ///< eight bytes from 0 to 9, the next digit in the lowest
  std::int64_t exponent = 0;

  /// Without zeros at the end.
  int count() const { return 9 - std::countl_zero(rest) / 8; }

  std::uint64_t restText() const { return rest | 0x3030303030303030U; }
};

[[gnu::always_inline]] inline Digits digitsOf(float value) {
  const Decimal decimal = shortestDecimal(std::bit_cast<std::uint32_t>(value));
  // A normal float has seven, eight or nine.
  const std::uint64_t isBelowNine = oneIf(decimal.digits < 100'000'000);
  const std::uint64_t isBelowEight = oneIf(decimal.digits < 10'000'000);
  const std::uint64_t digits = decimal.digits * (1 + 9 * isBelowNine) * (1 + 9 * isBelowEight);
  const std::uint64_t first = (digits * 1441151881U) >> 57U;  // / 10^8
  return {first, eightDigits(digits - first * 100'000'000),
          decimal.exponent + 8 - static_cast<std::int64_t>(isBelowNine + isBelowEight)};
}

/// In memory order, so that the lowest byte comes first.
void store(char* out, std::uint64_t bytes) {
  if constexpr (std::endian::native == std::endian::big) {
    bytes = __builtin_bswap64(bytes);
  }
  std::memcpy(out, &bytes, sizeof bytes);
}

/// "0.00012", "1.5", "123", "100": exponents from -4 to 7.
char* writeFixed(char* out, const Digits& digits) {
  const auto exponent = static_cast<int>(digits.exponent);
  const int count = digits.count();
  const bool isBelowOne = exponent < 0;
  std::memcpy(out, "0.000000", 8);
  char* first = out + (isBelowOne ? 1 - exponent : 0);
  *first = static_cast<char>('0' + digits.first);
  store(first + 1, digits.restText());
  // Makes room for the point between the digits; below one there is a point already, and so this
  // goes where nobody looks.
  const int whole = isBelowOne ? 0 : exponent;
  char* point = out + (isBelowOne ? 16 : exponent + 1);
  *point = '.';
  store(point + 1, digits.restText() >> static_cast<unsigned>(whole * 8));
  const int withPoint = count > whole + 1 ? count + 1 : whole + 1;
  return isBelowOne ? first + count : out + withPoint;
}

/// "1e-05", "1.5e+20"
[[gnu::noinline]] char* writeScientific(char* out, Digits digits) {
  *out++ = static_cast<char>('0' + digits.first);
  if (digits.count() > 1) {
    *out = '.';
    store(out + 1, digits.restText());
    out += digits.count();
  }
  const bool isNegative = digits.exponent < 0;
  const std::int64_t exponent = isNegative ? -digits.exponent : digits.exponent;
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

/// Zero, subnormals, infinity and NaN.
[[gnu::noinline]] char* writeOther(char* out, float magnitude) {
  if (magnitude == 0.0F) {
    *out = '0';
    return out + 1;
  }
  return std::to_chars(out, out + kLongest, magnitude).ptr;
}

/// Whichever of both forms is shorter, fixed when they are equally long.
///
/// @param out     kSlack bytes.
/// @param digits  of the value.
/// @return where the text ends, at most kLongest bytes further.
[[gnu::always_inline]] inline char* writeFloat(char* out, float value, const Digits& digits) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const float magnitude = std::bit_cast<float>(bits & 0x7FFFFFFFU);
  *out = '-';
  out += bits >> 31U;
  if (!std::isnormal(magnitude)) [[unlikely]] {
    return writeOther(out, magnitude);
  }
  const int count = digits.count();
  const int single = count == 1 ? 1 : 0;  // needs no point in the scientific form
  if (digits.exponent < single - 4 || digits.exponent > count + 4 - single) [[unlikely]] {
    return writeScientific(out, digits);
  }
  if (digits.exponent > 4 && count <= digits.exponent + 1) [[unlikely]] {
    return writeInteger(out, magnitude);
  }
  return writeFixed(out, digits);
}

/// Writes numbers with a separator after each. @return where the text ends.
char* writeOneByOne(char* out, std::span<const float> values, char separator) {
  for (const float value : values) {
    out = writeFloat(out, value, digitsOf(value));
    *out++ = separator;
  }
  return out;
}

#ifdef __x86_64__

constexpr std::size_t kBlock = 16;
using Block = std::array<Digits, kBlock>;

bool hasAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

[[gnu::target("avx512f,avx512dq,avx512vl,avx512bw"), gnu::noinline]] void fillWithAvx512(
    const float* values, Block& block) {
  for (std::size_t i = 0; i < kBlock; ++i) {
    block[i] = digitsOf(values[i]);
  }
}

/// The same as writeOneByOne, for kBlock numbers or more, in less than half the time.
char* writeBlocks(char* out, std::span<const float> values, char separator) {
  Block block;
  for (std::size_t done = 0; done < values.size();) {
    const std::size_t begin = std::min(done, values.size() - kBlock);
    fillWithAvx512(values.data() + begin, block);
    for (std::size_t i = done - begin; i < kBlock; ++i) {
      out = writeFloat(out, values[begin + i], block[i]);
      *out++ = separator;
    }
    done = begin + kBlock;
  }
  return out;
}

#endif

char* writeFloats(char* out, std::span<const float> values, char separator) {
#ifdef __x86_64__
  if (values.size() >= kBlock) {
    static const bool kHasAvx512 = hasAvx512();
    if (kHasAvx512) {
      return writeBlocks(out, values, separator);
    }
  }
#endif
  return writeOneByOne(out, values, separator);
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
  const char* end = writeFloats(out.data() + begin, values, separator);
  out.resize(static_cast<std::size_t>(end - 1 - out.data()));
}

}  // namespace embedscope::base
