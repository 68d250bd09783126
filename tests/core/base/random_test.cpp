// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace embedscope::base {
namespace {

// Known answers published with the Random123 library (kat_vectors, philox 4x32 10 rounds, all
// zero).
TEST(RandomStream, GivesPublishedPhiloxNumbers) {
  RandomStream stream(0, 0);
  EXPECT_EQ(stream.nextBits(), 0x6627e8d5U);
  EXPECT_EQ(stream.nextBits(), 0xe169c58dU);
  EXPECT_EQ(stream.nextBits(), 0xbc57ac4cU);
  EXPECT_EQ(stream.nextBits(), 0x9b00dbd8U);
}

TEST(RandomStream, StreamsAndSeedsDiffer) {
  RandomStream a(1, 0);
  RandomStream b(1, 1);
  RandomStream c(2, 0);
  const std::uint32_t first = a.nextBits();
  EXPECT_NE(first, b.nextBits());
  EXPECT_NE(first, c.nextBits());
}

TEST(RandomStream, UniformAndNormalHaveTheRightMoments) {
  RandomStream stream(7, 3);
  constexpr int kCount = 200000;
  double sum = 0;
  double normalSum = 0;
  double normalSquares = 0;
  for (int i = 0; i < kCount; ++i) {
    const double u = stream.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    const double x = stream.normal();
    normalSum += x;
    normalSquares += x * x;
  }
  // Five standard errors.
  EXPECT_NEAR(sum / kCount, 0.5, 5 * std::sqrt(1.0 / 12 / kCount));
  EXPECT_NEAR(normalSum / kCount, 0, 5 / std::sqrt(kCount));
  EXPECT_NEAR(normalSquares / kCount, 1, 5 * std::sqrt(2.0 / kCount));
}

TEST(RandomStream, BelowHitsEveryValueEvenly) {
  RandomStream stream(11, 0);
  std::array<int, 6> counts{};
  constexpr int kCount = 60000;
  for (int i = 0; i < kCount; ++i) {
    ++counts.at(stream.below(6));
  }
  for (const int count : counts) {
    EXPECT_NEAR(count, kCount / 6, 5 * std::sqrt(kCount / 6.0));
  }
}

}  // namespace
}  // namespace embedscope::base
