// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/record_scanner.h"

#include "core/base/record_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace embedscope::base {
namespace {

using testing::ElementsAre;

TEST(RecordScanner, KeepsBlanksInsideQuotesWhereAsked) {
  const std::string_view text = "\" a \", b ,\"c\" \n";
  RecordScanner trimming(text, {});
  ASSERT_EQ(trimming.next(), RecordScanner::Outcome::Record);
  EXPECT_THAT(trimming.cells(), ElementsAre("a", "b", "c"));
  RecordScanner keeping(text, {.trimsQuoted = false});
  ASSERT_EQ(keeping.next(), RecordScanner::Outcome::Record);
  EXPECT_THAT(keeping.cells(), ElementsAre(" a ", "b", "c"));
}

TEST(RecordSample, TheDelimiterIsTheOneThatCutsEvenly) {
  constexpr std::array<std::string_view, 3> kCandidates = {",", ";", "\t"};
  EXPECT_EQ(likeliestDelimiter("a;1,5;2\nb;2,5;3\n", '"', kCandidates), ";");
  EXPECT_EQ(likeliestDelimiter("a\t1\nb, c\t2\n", '"', kCandidates), "\t");
  EXPECT_EQ(likeliestDelimiter("\"a;b\",1\n\"c\",2\n", '"', kCandidates), ",");
  EXPECT_EQ(likeliestDelimiter("word\n", '"', kCandidates), ",");
}

}  // namespace
}  // namespace embedscope::base
