// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/number_type.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace embedscope::formats {

/// How the numbers of a GGUF tensor are stored: in blocks of some numbers and some bytes.
struct GgufType {
  std::string name;              ///< "float32", "Q4_K", …
  std::int64_t blockValues = 1;  ///< rows hold whole blocks
  std::int64_t blockBytes = 1;
  std::optional<NumberType> number;  ///< of types that hold one number after the other
  /// Turns one block into its numbers; null for plain numbers, and for types that are not read.
  void (*decode)(const char* block, float* out) = nullptr;

  bool isRead() const { return number.has_value() || decode != nullptr; }
};

/// The type of a tensor by its number. F64, F32, F16, BF16, integers, Q4_0 to Q8_1, Q2_K to Q8_K,
/// IQ4_NL and IQ4_XS are read; those that need code books are known by name alone.
/// @return nothing for numbers that were removed or never given.
/// Source: ggml, ggml-common.h and gguf-py quants.py; decoded numbers have their bits.
std::optional<GgufType> ggufType(std::uint32_t number);

/// Decodes a row: out.size() is a multiple of the block.
void decodeGgufRow(const GgufType& type, const char* row, std::span<float> out);

}  // namespace embedscope::formats
