// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_blocks.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace embedscope::formats {

namespace {

constexpr int kSmall = 32;   ///< values of the older blocks
constexpr int kLarge = 256;  ///< values of the K-quants

/// The 16 levels of the non-linear 4-bit types.
constexpr std::array<float, 16> kLevels = {-127, -104, -83, -65, -49, -35, -22, -10,
                                           1,    13,   25,  38,  53,  69,  89,  113};

/// The bytes of a block as unsigned numbers.
class Block {
 public:
  explicit Block(const char* bytes) : m_bytes(bytes) {}

  unsigned byte(int at) const { return static_cast<unsigned char>(m_bytes[at]); }

  int signedByte(int at) const { return static_cast<signed char>(m_bytes[at]); }

  float half(int at) const {
    return floatFromHalf(static_cast<std::uint16_t>(byte(at) | byte(at + 1) << 8U));
  }

  std::uint32_t word(int at) const {
    std::uint32_t value = 0;
    std::memcpy(&value, m_bytes + at, sizeof value);
    return value;
  }

  float real(int at) const {
    float value = 0;
    std::memcpy(&value, m_bytes + at, sizeof value);
    return value;
  }

  /// Value `i` of 32 that are stored as 4 bits each: the low halves first, then the high ones.
  unsigned nibble(int at, int i) const {
    return i < kSmall / 2 ? byte(at + i) & 15U : byte(at + i - kSmall / 2) >> 4U;
  }

 private:
  const char* m_bytes;
};

void decodeQ4_0(const char* bytes, float* out) {  // NOLINT: the type's own name
  const Block block(bytes);
  const float d = block.half(0);
  for (int i = 0; i < kSmall; ++i) {
    out[i] = d * static_cast<float>(static_cast<int>(block.nibble(2, i)) - 8);
  }
}

void decodeQ4_1(const char* bytes, float* out) {  // NOLINT
  const Block block(bytes);
  const float d = block.half(0);
  const float m = block.half(2);
  for (int i = 0; i < kSmall; ++i) {
    out[i] = d * static_cast<float>(block.nibble(4, i)) + m;
  }
}

void decodeQ5_0(const char* bytes, float* out) {  // NOLINT
  const Block block(bytes);
  const float d = block.half(0);
  const std::uint32_t high = block.word(2);
  for (int i = 0; i < kSmall; ++i) {
    const unsigned q = block.nibble(6, i) | (high >> static_cast<unsigned>(i) & 1U) << 4U;
    out[i] = d * static_cast<float>(static_cast<int>(q) - 16);
  }
}

void decodeQ5_1(const char* bytes, float* out) {  // NOLINT
  const Block block(bytes);
  const float d = block.half(0);
  const float m = block.half(2);
  const std::uint32_t high = block.word(4);
  for (int i = 0; i < kSmall; ++i) {
    const unsigned q = block.nibble(8, i) | (high >> static_cast<unsigned>(i) & 1U) << 4U;
    out[i] = d * static_cast<float>(q) + m;
  }
}

void decodeQ8_0(const char* bytes, float* out) {  // NOLINT
  const Block block(bytes);
  const float d = block.half(0);
  for (int i = 0; i < kSmall; ++i) {
    out[i] = d * static_cast<float>(block.signedByte(2 + i));
  }
}

void decodeQ8_1(const char* bytes, float* out) {  // NOLINT
  const Block block(bytes);
  const float d = block.half(0);
  for (int i = 0; i < kSmall; ++i) {
    out[i] = d * static_cast<float>(block.signedByte(4 + i));
  }
}

void decodeIq4Nl(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.half(0);
  for (int i = 0; i < kSmall; ++i) {
    out[i] = d * kLevels[block.nibble(2, i)];
  }
}

void decodeIq4Xs(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.half(0);
  const unsigned high = block.byte(2) | block.byte(3) << 8U;
  for (int group = 0; group < kLarge / kSmall; ++group) {
    const auto g = static_cast<unsigned>(group);
    const unsigned low = block.byte(4 + group / 2) >> 4U * (g % 2) & 15U;
    const auto scale = static_cast<int>(low | (high >> 2U * g & 3U) << 4U) - 32;
    const float factor = d * static_cast<float>(scale);
    for (int i = 0; i < kSmall; ++i) {
      out[kSmall * group + i] = factor * kLevels[block.nibble(8 + 16 * group, i)];
    }
  }
}

/// Scale and minimum of one of the eight groups of Q4_K and Q5_K: 6 bits each, packed in 12 bytes.
struct ScaleAndMinimum {
  unsigned scale;
  unsigned minimum;
};

ScaleAndMinimum packedScales(const Block& block, int group) {
  constexpr int kScales = 4;  // where they begin
  const auto s = [&](int i) { return block.byte(kScales + i); };
  if (group < 4) {
    return {s(group) & 63U, s(4 + group) & 63U};
  }
  return {(s(4 + group) & 15U) | (s(group - 4) >> 6U) << 4U, s(4 + group) >> 4U | (s(group) >> 6U)
                                                                                      << 4U};
}

void decodeQ4K(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.half(0);
  const float minimum = block.half(2);
  for (int group = 0; group < 8; ++group) {
    const ScaleAndMinimum packed = packedScales(block, group);
    const float scale = d * static_cast<float>(packed.scale);
    const float least = minimum * static_cast<float>(packed.minimum);
    for (int i = 0; i < kSmall; ++i) {
      const unsigned byte = block.byte(16 + kSmall * (group / 2) + i);
      const unsigned q = group % 2 == 0 ? byte & 15U : byte >> 4U;
      out[kSmall * group + i] = scale * static_cast<float>(q) - least;
    }
  }
}

void decodeQ5K(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.half(0);
  const float minimum = block.half(2);
  for (int group = 0; group < 8; ++group) {
    const ScaleAndMinimum packed = packedScales(block, group);
    const float scale = d * static_cast<float>(packed.scale);
    const float least = minimum * static_cast<float>(packed.minimum);
    for (int i = 0; i < kSmall; ++i) {
      const unsigned byte = block.byte(48 + kSmall * (group / 2) + i);
      const unsigned high = block.byte(16 + i) >> static_cast<unsigned>(group) & 1U;
      const unsigned q = (group % 2 == 0 ? byte & 15U : byte >> 4U) | high << 4U;
      out[kSmall * group + i] = scale * static_cast<float>(q) - least;
    }
  }
}

void decodeQ6K(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.half(208);
  for (int value = 0; value < kLarge; ++value) {
    const int half = value / 128;
    const int group = value % 128 / kSmall;
    const int i = value % kSmall;
    const unsigned low = block.byte(64 * half + kSmall * (group % 2) + i);
    const unsigned high = block.byte(128 + kSmall * half + i) >> 2U * static_cast<unsigned>(group);
    const unsigned q = (group < 2 ? low & 15U : low >> 4U) | (high & 3U) << 4U;
    const float scale = d * static_cast<float>(block.signedByte(192 + value / 16));
    out[value] = scale * static_cast<float>(static_cast<int>(q) - 32);
  }
}

/// Two bits of one of 256 values, as Q2_K and Q3_K store them.
unsigned twoBits(const Block& block, int begin, int value) {
  const int half = value / 128;
  const auto shift = 2U * static_cast<unsigned>(value % 128 / kSmall);
  return block.byte(begin + kSmall * half + value % kSmall) >> shift & 3U;
}

void decodeQ3K(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.half(108);
  for (int value = 0; value < kLarge; ++value) {
    const int j = value / 16;
    const unsigned low = j < 8 ? block.byte(96 + j) & 15U : block.byte(96 + j - 8) >> 4U;
    const unsigned high = block.byte(104 + j % 4) >> 2U * static_cast<unsigned>(j / 4) & 3U;
    const int scale = static_cast<int>(low | high << 4U) - 32;
    const bool isHigh =
        (block.byte(value % kSmall) >> static_cast<unsigned>(value / kSmall) & 1U) != 0;
    const int q = static_cast<int>(twoBits(block, 32, value)) - (isHigh ? 0 : 4);
    out[value] = d * static_cast<float>(scale) * static_cast<float>(q);
  }
}

void decodeQ2K(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.half(80);
  const float minimum = block.half(82);
  for (int value = 0; value < kLarge; ++value) {
    const unsigned packed = block.byte(value / 16);
    const float scale = d * static_cast<float>(packed & 15U);
    const float least = minimum * static_cast<float>(packed >> 4U);
    out[value] = scale * static_cast<float>(twoBits(block, 16, value)) - least;
  }
}

void decodeQ8K(const char* bytes, float* out) {
  const Block block(bytes);
  const float d = block.real(0);
  for (int i = 0; i < kLarge; ++i) {
    out[i] = d * static_cast<float>(block.signedByte(4 + i));
  }
}

GgufType plain(NumberType type) {
  return {std::string(nameOf(type)), 1, static_cast<std::int64_t>(bytesOf(type)), type, nullptr};
}

GgufType blocks(const char* name, int values, int bytes,
                void (*decode)(const char*, float*) = nullptr) {
  return {name, values, bytes, {}, decode};
}

}  // namespace

std::optional<GgufType> ggufType(std::uint32_t number) {
  switch (number) {
    case 0:
      return plain(NumberType::Float32);
    case 1:
      return plain(NumberType::Float16);
    case 2:
      return blocks("Q4_0", kSmall, 18, decodeQ4_0);
    case 3:
      return blocks("Q4_1", kSmall, 20, decodeQ4_1);
    case 6:
      return blocks("Q5_0", kSmall, 22, decodeQ5_0);
    case 7:
      return blocks("Q5_1", kSmall, 24, decodeQ5_1);
    case 8:
      return blocks("Q8_0", kSmall, 34, decodeQ8_0);
    case 9:
      return blocks("Q8_1", kSmall, 36, decodeQ8_1);
    case 10:
      return blocks("Q2_K", kLarge, 84, decodeQ2K);
    case 11:
      return blocks("Q3_K", kLarge, 110, decodeQ3K);
    case 12:
      return blocks("Q4_K", kLarge, 144, decodeQ4K);
    case 13:
      return blocks("Q5_K", kLarge, 176, decodeQ5K);
    case 14:
      return blocks("Q6_K", kLarge, 210, decodeQ6K);
    case 15:
      return blocks("Q8_K", kLarge, 292, decodeQ8K);
    case 16:
      return blocks("IQ2_XXS", kLarge, 66);
    case 17:
      return blocks("IQ2_XS", kLarge, 74);
    case 18:
      return blocks("IQ3_XXS", kLarge, 98);
    case 19:
      return blocks("IQ1_S", kLarge, 50);
    case 20:
      return blocks("IQ4_NL", kSmall, 18, decodeIq4Nl);
    case 21:
      return blocks("IQ3_S", kLarge, 110);
    case 22:
      return blocks("IQ2_S", kLarge, 82);
    case 23:
      return blocks("IQ4_XS", kLarge, 136, decodeIq4Xs);
    case 24:
      return plain(NumberType::Int8);
    case 25:
      return plain(NumberType::Int16);
    case 26:
      return plain(NumberType::Int32);
    case 27:
      return plain(NumberType::Int64);
    case 28:
      return plain(NumberType::Float64);
    case 29:
      return blocks("IQ1_M", kLarge, 56);
    case 30:
      return plain(NumberType::BFloat16);
    case 39:
      return blocks("MXFP4", kSmall, 17);
    default:
      return {};
  }
}

void decodeGgufRow(const GgufType& type, const char* row, std::span<float> out) {
  if (type.number) {
    readNumbers(row, {*type.number, false, type.blockBytes}, out);
    return;
  }
  const std::size_t blockCount = out.size() / static_cast<std::size_t>(type.blockValues);
  for (std::size_t block = 0; block < blockCount; ++block) {
    type.decode(row + static_cast<std::int64_t>(block) * type.blockBytes,
                out.data() + static_cast<std::int64_t>(block) * type.blockValues);
  }
}

}  // namespace embedscope::formats
