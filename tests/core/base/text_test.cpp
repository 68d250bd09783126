// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace embedscope::base {
namespace {

TEST(ParseFloat, AcceptsTheUsualSpellings) {
  EXPECT_EQ(parseFloat("+1"), 1.0F);
  EXPECT_EQ(parseFloat("1."), 1.0F);
  EXPECT_EQ(parseFloat(".5"), 0.5F);
  EXPECT_EQ(parseFloat("1E5"), 1e5F);
  EXPECT_EQ(parseFloat("-1.67e-02"), -1.67e-2F);
  EXPECT_TRUE(std::signbit(*parseFloat("-0")));
  EXPECT_TRUE(std::isnan(*parseFloat("nan")));
}

TEST(ParseFloat, RefusesEverythingElse) {
  for (const char* text : {"", "+", "-", "+-1", "0x10", "1_000", "1d3", "1f", " 1", "1 ", "1,5"}) {
    EXPECT_FALSE(parseFloat(text)) << text;
  }
}

TEST(ParseFloat, SaturatesAtBothEnds) {
  EXPECT_EQ(parseFloat("1e99"), std::numeric_limits<float>::infinity());
  EXPECT_EQ(parseFloat("-1e99"), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(parseFloat("1e-99"), 0.0F);
  EXPECT_TRUE(std::signbit(*parseFloat("-1e-99")));
}

TEST(ParseInteger, WholeTextOnly) {
  EXPECT_EQ(parseInteger("-12"), -12);
  EXPECT_FALSE(parseInteger("12x"));
  EXPECT_FALSE(parseInteger("9223372036854775808"));
  EXPECT_FALSE(parseInteger(""));
}

TEST(Utf8, FindsAndRepairsBrokenCharacters) {
  EXPECT_TRUE(isUtf8("größe 日本 😀"));
  EXPECT_FALSE(isUtf8("caf\xE9"));
  EXPECT_FALSE(isUtf8("\xC0\xAF"));      // overlong
  EXPECT_FALSE(isUtf8("\xED\xA0\x80"));  // surrogate
  EXPECT_EQ(repairedUtf8("a\xC3"), "a\xEF\xBF\xBD");
  EXPECT_EQ(repairedUtf8("日\xE6\x9C"), "日\xEF\xBF\xBD");
}

TEST(Numbers, AreWrittenForPeople) {
  EXPECT_EQ(groupedDigits(1234567), "1,234,567");
  EXPECT_EQ(groupedDigits(-999), "-999");
  EXPECT_EQ(groupedDigits(-1000), "-1,000");
  EXPECT_EQ(byteSize(17), "17 bytes");
  EXPECT_EQ(byteSize(1.024e9), "1.02 GB");
  EXPECT_EQ(byteSize(480e6), "480 MB");
}

TEST(CheckedProduct, RefusesOverflowAndNegatives) {
  EXPECT_EQ(checkedProduct(3, 4), 12);
  EXPECT_FALSE(checkedProduct(std::int64_t{1} << 62, 2));
  EXPECT_FALSE(checkedProduct(-1, 2));
}

}  // namespace
}  // namespace embedscope::base
