// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/column_categories.h"

#include "core/base/error.h"

#include <gmock/gmock.h>

#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::table {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ColumnCategories, NumberValuesByHowOftenTheyOccur) {
  const MetadataColumn column{"kind", {"b", "a", "", "a", "b", "a", "c", "c"}};
  const auto categories = columnCategories(column);
  ASSERT_TRUE(categories);
  EXPECT_THAT(categories->ofRows, ElementsAre(1, 0, -1, 0, 1, 0, 2, 2));
  EXPECT_EQ(categories->count, 3);
  EXPECT_EQ(categories->missing, 1);
}

TEST(ColumnCategories, DigitsAreCategoriesMeasurementsAreNot) {
  EXPECT_EQ(columnCategories({"digit", {"7", "1", "7", "1", "7"}})->count, 2);
  try {
    columnCategories({"weight", {"0.5", "0.25", "0.75", "0.5"}});
    ADD_FAILURE() << "measurements were accepted";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::InvalidArgument);
    EXPECT_THAT(error.sentence(), HasSubstr("\"weight\" has 3 different values in 4 rows"));
  }
}

TEST(ColumnCategories, RefusesAnEmptyColumnAndStops) {
  EXPECT_THROW(columnCategories({"none", {"", ""}}), base::Error);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(columnCategories({"kind", {"a", "a"}}, base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::table
