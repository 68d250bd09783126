// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/float_text.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

using namespace embedscope::base;

namespace {

using Limits = std::numeric_limits<float>;

/// What the standard library writes.
std::string expectedTexts(std::span<const float> values, char separator) {
  std::string out;
  for (const float value : values) {
    std::array<char, 32> buffer;
    const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), end);
    out += separator;
  }
  out.pop_back();
  return out;
}

std::string text(float value) {
  std::string out;
  appendFloat(out, value);
  return out;
}

/// The numbers themselves, their neighbors, and all of them with the other sign.
std::vector<float> withNeighbors(const std::vector<float>& values) {
  std::vector<float> out;
  for (const float value : values) {
    for (const float each : {std::nextafterf(value, -Limits::infinity()), value,
                             std::nextafterf(value, Limits::infinity())}) {
      out.push_back(each);
      out.push_back(-each);
    }
  }
  return out;
}

/// Many numbers at once and one by one, which are different ways.
void expectTexts(const std::vector<float>& values) {
  std::string together;
  appendFloats(together, values, '\n');
  const std::string expected = expectedTexts(values, '\n');
  ASSERT_EQ(together, expected);
  std::string single;
  for (const float value : values) {
    appendFloat(single, value);
    single += '\n';
  }
  single.pop_back();
  ASSERT_EQ(single, expected);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define EMBEDSCOPE_SLOW_TESTS
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define EMBEDSCOPE_SLOW_TESTS
#endif
#endif

#ifdef EMBEDSCOPE_SLOW_TESTS
constexpr std::uint64_t kStride = 21'467;
#else
constexpr std::uint64_t kStride = 2'147;  // prime: two million floats
#endif

}  // namespace

TEST(FloatText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(text(0.1F), "0.1");
  EXPECT_EQ(text(-0.3333333433F), "-0.33333334");
  EXPECT_EQ(text(1.0F), "1");
  EXPECT_EQ(text(100.25F), "100.25");
  EXPECT_EQ(text(0.0001F), "1e-04");
  EXPECT_EQ(text(0.00012F), "0.00012");
  EXPECT_EQ(text(100000.0F), "1e+05");
  EXPECT_EQ(text(120000.0F), "120000");
  EXPECT_EQ(text(Limits::denorm_min()), "1e-45");
  EXPECT_EQ(text(Limits::max()), "3.4028235e+38");
  EXPECT_EQ(text(-Limits::min()), "-1.1754944e-38");
}

TEST(FloatText, KnowsZerosInfinityAndNan) {
  EXPECT_EQ(text(0.0F), "0");
  EXPECT_EQ(text(-0.0F), "-0");
  EXPECT_EQ(text(Limits::infinity()), "inf");
  EXPECT_EQ(text(-Limits::infinity()), "-inf");
  EXPECT_EQ(text(Limits::quiet_NaN()), "nan");
  EXPECT_EQ(text(-Limits::quiet_NaN()), "-nan");
}

TEST(FloatText, SeparatesAndAppends) {
  std::string out = "word ";
  appendFloats(out, std::array{1.5F, -2.0F, 1e-10F}, ' ');
  EXPECT_EQ(out, "word 1.5 -2 1e-10");
  appendFloats(out, {}, ' ');
  EXPECT_EQ(out, "word 1.5 -2 1e-10");
}

TEST(FloatText, RowsOfAnyLength) {
  std::vector<float> values;
  for (int size = 1; size < 70; ++size) {
    values.push_back(static_cast<float>(size) / 7);
    expectTexts(values);
  }
}

TEST(FloatText, FollowsTheStandardLibraryAtPowersOfTwo) {
  std::vector<float> values;
  for (int exponent = -149; exponent <= 127; ++exponent) {
    values.push_back(std::ldexp(1.0F, exponent));
  }
  expectTexts(withNeighbors(values));
}

TEST(FloatText, FollowsTheStandardLibraryAroundPowersOfTen) {
  std::vector<float> values;
  for (int exponent = -45; exponent <= 38; ++exponent) {
    const double power = std::pow(10.0, exponent);
    for (const double times : {0.5, 0.95, 0.99999995, 1.0, 1.0000001, 1.5, 2.5, 9.5}) {
      if (times * power < static_cast<double>(Limits::max())) {
        values.push_back(static_cast<float>(times * power));
      }
    }
  }
  expectTexts(withNeighbors(values));
}

TEST(FloatText, FollowsTheStandardLibraryForSubnormals) {
  std::vector<float> values;
  for (std::uint32_t bits = 1; bits < 0x00800000U; bits += bits < 5000 ? 1 : 997) {
    values.push_back(std::bit_cast<float>(bits));
  }
  expectTexts(values);
}

TEST(FloatText, FollowsTheStandardLibraryForIntegersAndHalves) {
  std::vector<float> values;
  for (int i = 0; i < 20'000; ++i) {
    values.push_back(static_cast<float>(i) / 2);
  }
  for (int exponent = 15; exponent < 64; ++exponent) {
    for (int i = 0; i < 100; ++i) {
      values.push_back(std::ldexp(1.0F + static_cast<float>(i) / 128, exponent));
    }
  }
  expectTexts(withNeighbors(values));
}

TEST(FloatText, FollowsTheStandardLibraryOverAllBitPatterns) {
  constexpr std::size_t kAtOnce = 1024;
  std::vector<float> values;
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32U);) {
    values.clear();
    for (; values.size() < kAtOnce && bits < (std::uint64_t{1} << 32U); bits += kStride) {
      values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    }
    expectTexts(values);
    if (HasFatalFailure()) {
      return;
    }
  }
}
