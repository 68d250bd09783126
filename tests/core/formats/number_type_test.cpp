// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/number_type.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace embedscope::formats {
namespace {

TEST(NumberType, EveryHalfComesBackAsItself) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = floatFromHalf(half);
    if (!std::isnan(value)) {
      ASSERT_EQ(halfFromFloat(value), half) << "bits " << bits;
    } else {
      ASSERT_TRUE(std::isnan(floatFromHalf(halfFromFloat(value))));
    }
  }
}

TEST(NumberType, EveryBFloatComesBackAsItself) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = floatFromBFloat(half);
    if (!std::isnan(value)) {
      ASSERT_EQ(bfloatFromFloat(value), half) << "bits " << bits;
    } else {
      ASSERT_TRUE(std::isnan(floatFromBFloat(bfloatFromFloat(value))));
    }
  }
}

TEST(NumberType, RoundsHalvesToNearestTiesToEven) {
  EXPECT_EQ(floatFromHalf(halfFromFloat(2049.0F)), 2048.0F);  // between 2048 and 2050
  EXPECT_EQ(floatFromHalf(halfFromFloat(2051.0F)), 2052.0F);
  EXPECT_EQ(floatFromHalf(halfFromFloat(65519.0F)), 65504.0F);
  EXPECT_TRUE(std::isinf(floatFromHalf(halfFromFloat(65520.0F))));
  EXPECT_EQ(halfFromFloat(0x1p-25F), 0);           // halfway to the smallest subnormal
  EXPECT_EQ(halfFromFloat(0x1.8p-24F), 2);         // 1.5 subnormals, to even
  EXPECT_EQ(halfFromFloat(0x1.FFFp-15F), 0x0400);  // rounds up into the normal numbers
  EXPECT_EQ(halfFromFloat(-1.0F), 0xBC00);
  EXPECT_EQ(halfFromFloat(-0.0F), 0x8000);
}

TEST(NumberType, RoundsBFloatsToNearestTiesToEven) {
  EXPECT_EQ(floatFromBFloat(bfloatFromFloat(1.0F + 0x1p-8F)), 1.0F);
  EXPECT_EQ(floatFromBFloat(bfloatFromFloat(1.0F + 0x1.8p-7F)), 1.0F + 0x1p-6F);
  EXPECT_TRUE(std::isinf(floatFromBFloat(bfloatFromFloat(std::numeric_limits<float>::max()))));
}

TEST(NumberType, ReadsEitherByteOrderAtAnyStride) {
  const std::array<unsigned char, 8> bytes = {0x00, 0x01, 0xFF, 0x02, 0x01, 0x00, 0x00, 0x00};
  const char* first = reinterpret_cast<const char*>(bytes.data());  // NOLINT: bytes as characters
  std::array<float, 2> out{};
  readNumbers(first, {NumberType::UInt16, true, 2}, out);
  EXPECT_EQ(out, (std::array{1.0F, 65282.0F}));
  readNumbers(first, {NumberType::UInt16, false, 4}, out);
  EXPECT_EQ(out, (std::array{256.0F, 1.0F}));
  readNumbers(first + 2, {NumberType::Int8, false, 0}, out);
  EXPECT_EQ(out, (std::array{-1.0F, -1.0F}));
}

}  // namespace
}  // namespace embedscope::formats
