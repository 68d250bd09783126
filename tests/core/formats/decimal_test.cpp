// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/decimal.h"

#include "core/base/random.h"
#include "core/base/text.h"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace embedscope::formats {
namespace {

std::optional<float> read(const std::string& text) {
  float value = 0;
  const char* end = text.data() + text.size();
  return readDecimal(text.data(), end, value) == end ? std::optional(value) : std::nullopt;
}

/// The same with enough behind it that eight characters can be read at once.
std::optional<float> readAmongOthers(const std::string& text) {
  const std::string line = text + " 0.5" + std::string(64, ' ');
  float value = 0;
  const char* stop = readDecimal(line.data(), line.data() + line.size(), value);
  return stop == line.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// The reference is the standard library's parser, which rounds correctly.
void expectAsFromChars(const std::string& text) {
  float expected = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), expected);
  ASSERT_EQ(status, std::errc{}) << text;
  const std::optional<float> value = read(text);
  ASSERT_TRUE(value.has_value()) << text;
  EXPECT_EQ(std::bit_cast<std::uint32_t>(*value), std::bit_cast<std::uint32_t>(expected)) << text;
  const std::optional<float> quick = readAmongOthers(text);
  ASSERT_TRUE(quick.has_value()) << text;
  EXPECT_EQ(std::bit_cast<std::uint32_t>(*quick), std::bit_cast<std::uint32_t>(expected)) << text;
}

TEST(Decimals, ReadsSoManyAndRefusesOthers) {
  const auto readThree = [](const std::string& text) {
    std::vector<float> values(3);
    const char* end = text.data() + text.size();
    return readDecimals(text.data(), end, values.data(), 3) == nullptr ? std::vector<float>()
                                                                       : values;
  };
  const std::string more(40, ' ');
  const std::vector<float> expected = {-0.25F, 3.0F, 1e-3F};
  EXPECT_EQ(readThree(" -0.25\t3.00000  1e-3"), expected);
  EXPECT_EQ(readThree("-0.25 3.0 0.0010000000000" + more), expected);
  for (const char* bad : {"1.0 2.0", "1.0 2.0 x", "1.0 2.0x 3.0", "1.0 . 3.0", "1.0 -. 3.0",
                          "1.0 2,0 3.0", "1.0 0.-5 3.0", "1.0 --0.5 3.0"}) {
    EXPECT_TRUE(readThree(bad).empty()) << bad;
    EXPECT_TRUE(readThree(bad + more).empty()) << bad;
  }
}

std::string randomDigits(base::RandomStream& random, std::uint32_t count) {
  std::string digits;
  for (std::uint32_t i = 0; i < count; ++i) {
    digits += static_cast<char>('0' + random.below(10));
  }
  return digits;
}

TEST(Decimal, AgreesWithFromCharsOnRandomNumbers) {
  base::RandomStream random(1, 0);
  for (int i = 0; i < 300000; ++i) {
    std::string text = random.below(2) == 0 ? "-" : "";
    text +=
        randomDigits(random, random.below(4)) + "." + randomDigits(random, 1 + random.below(22));
    if (random.below(8) == 0) {
      text += "e" + std::to_string(static_cast<int>(random.below(60)) - 30);
    }
    expectAsFromChars(text);
  }
}

/// The hardest decimals: exactly half way between two floats, and a hair beside it.
TEST(Decimal, AgreesWithFromCharsHalfWayBetweenFloats) {
  base::RandomStream random(2, 0);
  for (int i = 0; i < 100000; ++i) {
    const float low = std::bit_cast<float>(0x3A000000U + random.below(0x08000000U));
    const double middle =
        (static_cast<double>(low) + static_cast<double>(std::nextafter(low, 1e9F))) / 2;
    char buffer[64];
    for (const int decimals : {8, 12, 15, 17, 30}) {
      const auto [end, status] =
          std::to_chars(buffer, buffer + sizeof buffer, middle, std::chars_format::fixed, decimals);
      const std::string text(buffer, end);
      expectAsFromChars(text);
      expectAsFromChars(text + "1");
    }
  }
}

TEST(Decimal, ReadsEveryUsualSpelling) {
  EXPECT_EQ(read("+1"), 1.0F);
  EXPECT_EQ(read("1."), 1.0F);
  EXPECT_EQ(read(".5"), 0.5F);
  EXPECT_EQ(read("1E5"), 1e5F);
  EXPECT_EQ(read("1e-45"), std::bit_cast<float>(1U));
  EXPECT_TRUE(std::signbit(read("-0").value()));
  EXPECT_TRUE(std::isinf(read("1e99").value()));
  EXPECT_EQ(read("00000000000000000000000000001"), 1.0F);
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const char* text :
       {"", "-", "+", ".", "-.", "0x10", "1_000", "1d3", "1f", "1e", "--1", "+-1", "1,5", "1\r"}) {
    EXPECT_FALSE(read(text).has_value()) << text;
  }
}

TEST(Decimal, StopsAtABlank) {
  const std::string text = "0.25 7\t1e2";
  float value = 0;
  const char* end = text.data() + text.size();
  const char* p = readDecimal(text.data(), end, value);
  EXPECT_EQ(p, text.data() + 4);
  EXPECT_EQ(value, 0.25F);
  p = readDecimal(p + 1, end, value);
  EXPECT_EQ(value, 7.0F);
  EXPECT_EQ(readDecimal(p + 1, end, value), end);
  EXPECT_EQ(value, 100.0F);
}

TEST(Decimal, WordsAreNotNumeric) {
  EXPECT_TRUE(looksNumeric("-1e5"));
  EXPECT_FALSE(looksNumeric("nan"));
  EXPECT_FALSE(looksNumeric("inf"));
  EXPECT_FALSE(looksNumeric("1st"));
  EXPECT_FALSE(looksNumeric(""));
}

}  // namespace
}  // namespace embedscope::formats
