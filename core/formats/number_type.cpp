// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/number_type.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace embedscope::formats {

namespace {

constexpr std::uint32_t kSign = 0x80000000U;
constexpr std::uint32_t kInfinity = 0x7F800000U;

template <typename Word>
Word loadWord(const char* bytes, bool isBigEndian) {
  char ordered[sizeof(Word)];  // NOLINT: raw bytes of a word
  if (isBigEndian) {
    std::reverse_copy(bytes, bytes + sizeof(Word), ordered);
  } else {
    std::memcpy(ordered, bytes, sizeof(Word));
  }
  return std::bit_cast<Word>(ordered);
}

struct FromHalf {
  using Word = std::uint16_t;

  float operator()(Word bits) const { return floatFromHalf(bits); }
};

struct FromBFloat {
  using Word = std::uint16_t;

  float operator()(Word bits) const { return floatFromBFloat(bits); }
};

struct FromBool {
  using Word = std::uint8_t;

  float operator()(Word value) const { return value == 0 ? 0.0F : 1.0F; }
};

template <typename Number>
struct FromNumber {
  using Word = Number;

  float operator()(Word value) const { return static_cast<float>(value); }
};

template <typename Convert>
void readAs(const char* first, const NumberLayout& layout, std::span<float> out) {
  using Word = typename Convert::Word;
  const Convert convert;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char* bytes = first + static_cast<std::int64_t>(i) * layout.stride;
    out[i] = convert(loadWord<Word>(bytes, layout.isBigEndian));
  }
}

/// `bits` without its lowest `count` bits, rounded to nearest, ties to even.
constexpr std::uint32_t shiftedRounding(std::uint32_t bits, unsigned count) {
  const std::uint32_t half = 1U << (count - 1);
  const std::uint32_t odd = (bits >> count) & 1U;
  return (bits + half - 1 + odd) >> count;
}

}  // namespace

std::size_t bytesOf(NumberType type) {
  switch (type) {
    case NumberType::Float64:
    case NumberType::Int64:
    case NumberType::UInt64:
      return 8;
    case NumberType::Float32:
    case NumberType::Int32:
    case NumberType::UInt32:
      return 4;
    case NumberType::Float16:
    case NumberType::BFloat16:
    case NumberType::Int16:
    case NumberType::UInt16:
      return 2;
    case NumberType::Int8:
    case NumberType::UInt8:
    case NumberType::Bool:
      break;
  }
  return 1;
}

std::string_view nameOf(NumberType type) {
  switch (type) {
    case NumberType::Float64:
      return "float64";
    case NumberType::Float32:
      return "float32";
    case NumberType::Float16:
      return "float16";
    case NumberType::BFloat16:
      return "bfloat16";
    case NumberType::Int64:
      return "int64";
    case NumberType::Int32:
      return "int32";
    case NumberType::Int16:
      return "int16";
    case NumberType::Int8:
      return "int8";
    case NumberType::UInt64:
      return "uint64";
    case NumberType::UInt32:
      return "uint32";
    case NumberType::UInt16:
      return "uint16";
    case NumberType::UInt8:
      return "uint8";
    case NumberType::Bool:
      break;
  }
  return "bool";
}

float floatFromHalf(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16U;
  const std::uint32_t exponent = (bits >> 10U) & 0x1FU;
  const std::uint32_t fraction = bits & 0x3FFU;
  if (exponent == 0) {  // zero and subnormal: fraction · 2^-24
    const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return sign != 0 ? -magnitude : magnitude;
  }
  const std::uint32_t wide = exponent == 0x1FU ? 0xFFU : exponent + 112U;
  return std::bit_cast<float>(sign | wide << 23U | fraction << 13U);
}

float floatFromBFloat(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

std::uint16_t halfFromFloat(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits & kSign) >> 16U;
  const std::uint32_t magnitude = bits & ~kSign;
  std::uint32_t half = 0x7C00U;  // infinity
  if (magnitude > kInfinity) {
    half = 0x7E00U | ((magnitude >> 13U) & 0x3FFU);  // a quiet NaN
  } else if (std::fabs(value) < 0x1p-14F) {          // subnormal: a multiple of 2^-24
    half = static_cast<std::uint32_t>(std::nearbyint(std::fabs(value) * 0x1p24F));
  } else if (std::fabs(value) < 65520.0F) {  // halfway between the largest half and infinity
    half = shiftedRounding(magnitude, 13) - (112U << 10U);
  }
  return static_cast<std::uint16_t>(sign | half);
}

std::uint16_t bfloatFromFloat(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if (std::isnan(value)) {
    return static_cast<std::uint16_t>((bits >> 16U) | 0x40U);
  }
  return static_cast<std::uint16_t>(((bits & kSign) >> 16U) | shiftedRounding(bits & ~kSign, 16));
}

void readNumbers(const char* first, const NumberLayout& layout, std::span<float> out) {
  switch (layout.type) {
    case NumberType::Float64:
      return readAs<FromNumber<double>>(first, layout, out);
    case NumberType::Float32:
      if (!layout.isBigEndian && layout.stride == sizeof(float)) {
        std::memcpy(out.data(), first, out.size_bytes());
        return;
      }
      return readAs<FromNumber<float>>(first, layout, out);
    case NumberType::Float16:
      return readAs<FromHalf>(first, layout, out);
    case NumberType::BFloat16:
      return readAs<FromBFloat>(first, layout, out);
    case NumberType::Int64:
      return readAs<FromNumber<std::int64_t>>(first, layout, out);
    case NumberType::Int32:
      return readAs<FromNumber<std::int32_t>>(first, layout, out);
    case NumberType::Int16:
      return readAs<FromNumber<std::int16_t>>(first, layout, out);
    case NumberType::Int8:
      return readAs<FromNumber<std::int8_t>>(first, layout, out);
    case NumberType::UInt64:
      return readAs<FromNumber<std::uint64_t>>(first, layout, out);
    case NumberType::UInt32:
      return readAs<FromNumber<std::uint32_t>>(first, layout, out);
    case NumberType::UInt16:
      return readAs<FromNumber<std::uint16_t>>(first, layout, out);
    case NumberType::UInt8:
      return readAs<FromNumber<std::uint8_t>>(first, layout, out);
    case NumberType::Bool:
      return readAs<FromBool>(first, layout, out);
  }
}

}  // namespace embedscope::formats
