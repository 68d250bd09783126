// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace embedscope::base {
namespace {

TEST(LowerCased, KnowsMoreThanAscii) {
  EXPECT_EQ(lowerCased("The KÖNIG"), "the könig");
  EXPECT_EQ(lowerCased("ΑΘΗΝΑ МОСКВА"), "αθηνα москва");
  EXPECT_EQ(lowerCased("ŁÓDŹ Ÿ ẞ İ"), "łódź ÿ ß i");
  EXPECT_EQ(lowerCased("𐐀"), "𐐨") << "beyond 16 bits";
  EXPECT_EQ(lowerCased("東京 ß ñ 1½"), "東京 ß ñ 1½");
}

TEST(LowerCased, LeavesWhatIsNoCharacter) {
  EXPECT_EQ(lowerCased("A\xFF\xC3"), "a\xFF\xC3");
  EXPECT_EQ(lowerCased("\x80\xC3\x84"), "\x80\xC3\xA4");
  EXPECT_EQ(lowerCased(""), "");
}

TEST(CaseFolded, MakesTextsEqualThatDifferByCase) {
  EXPECT_EQ(caseFolded("STRASSE"), caseFolded("Straße"));
  EXPECT_EQ(caseFolded("STRAẞE"), caseFolded("strasse"));
  EXPECT_EQ(caseFolded("ΣΊΣΥΦΟΣ"), caseFolded("σίσυφος")) << "the sigma at the end";
  EXPECT_EQ(caseFolded("ﬁn \u017Fort"), "fin sort");
  EXPECT_EQ(caseFolded("KING 42"), "king 42");
  EXPECT_EQ(caseFolded("A\xFF\xC3"), "a\xFF\xC3");
}

TEST(UpperCased, IsThatOfPython) {
  EXPECT_EQ(upperCased("The könig's"), "THE KÖNIG'S");
  EXPECT_EQ(upperCased("αθήνα москва"), "ΑΘΉΝΑ МОСКВА");
  EXPECT_EQ(upperCased("łódź ÿ ı ſ"), "ŁÓDŹ Ÿ I S");
  EXPECT_EQ(upperCased("straße \uFB01n \u0149 \u0390"), "STRASSE FIN \u02BCN \u0399\u0308\u0301")
      << "one becomes several";
  EXPECT_EQ(upperCased("𐐨 東京 ½ \u01C4 \u01C5"), "𐐀 東京 ½ \u01C4 \u01C4");
  EXPECT_EQ(upperCased("a\xFF\xC3\xA4\xC3"), "A\xFF\xC3\x84\xC3");
  EXPECT_EQ(upperCased(""), "");
}

TEST(BlankSeparated, FindsWordsBetweenBlanksOfEveryKind) {
  using testing::ElementsAre;
  EXPECT_THAT(blankSeparated(" Athens\tGreece\u00A0 Oslo\u3000Norway\r\n"),
              ElementsAre("Athens", "Greece", "Oslo", "Norway"));
  EXPECT_TRUE(blankSeparated(" \t").empty());
  EXPECT_TRUE(blankSeparated("").empty());
}

TEST(Stripped, TakesBlanksOfEveryKindOffBothEnds) {
  EXPECT_EQ(stripped(" \t\r\nNew York\v\f"), "New York");
  EXPECT_EQ(stripped("\u00A0\u3000東\u3000京\u2003"), "東\u3000京");
  EXPECT_EQ(stripped("\u2028 \u0085"), "");
}

}  // namespace
}  // namespace embedscope::base
