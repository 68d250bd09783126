// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/cluster_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

namespace embedscope::clusters {
namespace {

using neighbors::Metric;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(ClusterNames, ComeFromTheRowsNearestToTheMean) {
  base::RowMatrix rows(6, 1);
  rows << 0, 4, 1, 3, 50, 2;  // the mean of all but the fifth is 2
  const auto central = centralRows(rows, orderedBySize({0, 0, 0, 0, 1, 0}), Metric::Euclidean, 3);
  EXPECT_THAT(central, ElementsAre(ElementsAre(5, 2, 3), ElementsAre(4)));
  EXPECT_THAT(clusterNames(table::Vocabulary{"a", "b", "c", "d", "e", "f"}, central),
              ElementsAre("f, c, d", "e"));
}

TEST(ClusterNames, GoByDirectionWithCosine) {
  base::RowMatrix rows(4, 2);
  rows << 1, 0, 0, 1, 30, 29, 1, 1;  // their mean points to (1, 1)
  const auto central = centralRows(rows, orderedBySize({0, 0, 0, 0}), Metric::Cosine, 2);
  ASSERT_EQ(central.size(), 1U);
  EXPECT_THAT(central[0], ElementsAre(3, 2));
}

TEST(ClusterNames, CanBeToldApart) {
  const table::Vocabulary labels{"a", "b", "a", "b", "a"};
  EXPECT_THAT(clusterNames(labels, {{0, 1}, {2, 3}, {4, 0}, {2}}),
              ElementsAre("a, b", "a, b (2)", "a", "a (2)"));
  EXPECT_THAT(clusterNames(table::Vocabulary{"caf\xE9"}, {{0}}), ElementsAre("caf\xEF\xBF\xBD"));
}

TEST(ClusterNames, GiveNothingWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(centralRows(base::RowMatrix::Zero(2, 1), orderedBySize({0, 1}), Metric::Euclidean, 3,
                          base::TaskContext(stop.get_token(), {})),
              IsEmpty());
}

}  // namespace
}  // namespace embedscope::clusters
