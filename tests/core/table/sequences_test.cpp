// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/sequences.h"

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace embedscope::table {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

MetadataColumn nextOf(std::vector<std::string> values) {
  return {"__seq_next__", std::move(values)};
}

TEST(Sequences, FollowRowsFromThoseThatNobodyNames) {
  const Sequences found = sequencesOf(nextOf({"2", "", "4", "1", "-1", ""}));
  EXPECT_THAT(found.lines, ElementsAre(ElementsAre(0, 2, 4), ElementsAre(3, 1)));
  EXPECT_EQ(found.closed, 0);
  EXPECT_EQ(found.merging, 0);
  EXPECT_EQ(found.firstBad, -1);
}

TEST(Sequences, ThatRunInACircleCloseAndComeLast) {
  const Sequences found = sequencesOf(nextOf({"1", "2", "0", "4", ""}));
  EXPECT_THAT(found.lines, ElementsAre(ElementsAre(3, 4), ElementsAre(0, 1, 2, 0)));
  EXPECT_EQ(found.closed, 1);
  EXPECT_EQ(found.merging, 0);
}

TEST(Sequences, ThatMeetEndAtTheRowTheyShare) {
  // 0 → 2 → 3 and 1 → 2; 4 leads into the circle 5 → 6 → 5.
  const Sequences found = sequencesOf(nextOf({"2", "2", "3", "", "5", "6", "5"}));
  EXPECT_THAT(found.lines,
              ElementsAre(ElementsAre(0, 2, 3), ElementsAre(1, 2), ElementsAre(4, 5, 6, 5)));
  EXPECT_EQ(found.merging, 2);
  EXPECT_EQ(found.closed, 0);
}

TEST(Sequences, EndWhereARowIsNotThereOrFollowsItself) {
  const Sequences found = sequencesOf(nextOf({"1", "4", "2", "9223372036854775807"}));
  EXPECT_THAT(found.lines, ElementsAre(ElementsAre(0, 1)));
  EXPECT_EQ(found.outOfRange, 2);
  EXPECT_EQ(found.toThemselves, 1);
  EXPECT_EQ(found.firstBad, 1);
}

TEST(Sequences, NeedNumbersOfRows) {
  for (const char* bad : {"1.5", "x", "99999999999999999999", " 1"}) {
    try {
      sequencesOf(nextOf({"", bad}));
      ADD_FAILURE() << bad;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), base::ErrorCode::BadData);
      EXPECT_THAT(error.what(), HasSubstr("in row 1"));
      EXPECT_THAT(error.what(), HasSubstr("__seq_next__"));
    }
  }
  EXPECT_THAT(sequencesOf(nextOf({})).lines, IsEmpty());
}

TEST(Sequences, OfManyRowsTakeOnePass) {
  constexpr int kRows = 200'000;
  std::vector<std::string> values;
  for (int row = 1; row <= kRows; ++row) {
    values.push_back(std::to_string(row % kRows));
  }
  const Sequences found = sequencesOf(nextOf(std::move(values)));
  ASSERT_EQ(found.lines.size(), 1U);
  EXPECT_EQ(found.lines[0].size(), 200'001U);
  EXPECT_EQ(found.closed, 1);
}

TEST(Sequences, AreFoundByNameAndByWhatTheColumnHolds) {
  EXPECT_TRUE(isSequenceName("__seq_next__"));
  EXPECT_TRUE(isSequenceName("__next__"));
  EXPECT_FALSE(isSequenceName("next"));
  EXPECT_TRUE(looksLikeSequence({"__next__", {"1", ""}}));
  EXPECT_TRUE(looksLikeSequence({"Frame_Next", {"1", "-1"}}));
  EXPECT_FALSE(looksLikeSequence({"Frame_Next", {"", "-1"}}));
  EXPECT_FALSE(looksLikeSequence({"next", {"1", "b"}}));
  EXPECT_FALSE(looksLikeSequence({"next", {"2", "5"}}));
  EXPECT_FALSE(looksLikeSequence({"count", {"1", ""}}));
}

}  // namespace
}  // namespace embedscope::table
