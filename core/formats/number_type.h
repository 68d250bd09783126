// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace embedscope::formats {

/// The kinds of numbers that files hold one by one.
enum class NumberType {
  Float64,
  Float32,
  Float16,   ///< IEEE 754 half precision
  BFloat16,  ///< the upper half of a float32
  Int64,
  Int32,
  Int16,
  Int8,
  UInt64,
  UInt32,
  UInt16,
  UInt8,
  Bool,  ///< one byte; anything but 0 is 1
};

/// 1, 2, 4 or 8.
std::size_t bytesOf(NumberType type);

/// "float32", "bfloat16", "uint8", …
std::string_view nameOf(NumberType type);

/// Every half and every bfloat16 is exactly a float.
float floatFromHalf(std::uint16_t bits);
float floatFromBFloat(std::uint16_t bits);

/// The nearest half or bfloat16, ties to even; too large becomes infinity, NaN stays NaN. Sources:
/// IEEE 754-2019, 4.3.1.
std::uint16_t halfFromFloat(float value);
std::uint16_t bfloatFromFloat(float value);

/// Numbers of one kind that stand at equal distances.
struct NumberLayout {
  NumberType type = NumberType::Float32;
  bool isBigEndian = false;
  std::int64_t stride = 4;  ///< bytes from one to the next; may be 0
};

/// Reads out.size() numbers as float32, rounded to nearest. The caller has made sure that all of
/// them lie inside the data.
void readNumbers(const char* first, const NumberLayout& layout, std::span<float> out);

}  // namespace embedscope::formats
