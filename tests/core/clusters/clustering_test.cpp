// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clustering.h"

#include "core/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace embedscope::clusters {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Clustering, NumbersClustersBySizeThenByTheirFirstRow) {
  const Clustering found = orderedBySize({4, 0, -1, 0, 7, 7, 4, 4, 9});
  EXPECT_THAT(found.clusters, ElementsAre(0, 1, -1, 1, 2, 2, 0, 0, 3));
  EXPECT_THAT(found.sizes, ElementsAre(3, 2, 2, 1));
  EXPECT_EQ(found.count(), 4);
  EXPECT_EQ(found.noise(), 1);
  EXPECT_THAT(membersOf(found), ElementsAre(ElementsAre(0, 6, 7), ElementsAre(1, 3),
                                            ElementsAre(4, 5), ElementsAre(8)));
}

TEST(Clustering, MayHoldNothingButNoise) {
  const Clustering found = orderedBySize({-1, -1});
  EXPECT_EQ(found.count(), 0);
  EXPECT_EQ(found.noise(), 2);
  EXPECT_THAT(membersOf(found), IsEmpty());
}

TEST(Clustering, CentersAreMeans) {
  base::RowMatrix rows(4, 2);
  rows << 1, 2, 3, 4, 10, 0, 100, 100;
  const base::RowMatrix centers = centersOf(rows, orderedBySize({0, 0, 1, -1}));
  EXPECT_EQ(centers, (base::RowMatrix(2, 2) << 2, 3, 10, 0).finished());
}

TEST(Clustering, NamesARowThatIsNotFinite) {
  base::RowMatrix rows = base::RowMatrix::Zero(5000, 2);
  rows(4999, 1) = std::numeric_limits<float>::quiet_NaN();
  try {
    requireFiniteRows(rows);
    ADD_FAILURE();
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::NonFinite);
    EXPECT_THAT(error.what(), HasSubstr("row 4999"));
  }
}

}  // namespace
}  // namespace embedscope::clusters
