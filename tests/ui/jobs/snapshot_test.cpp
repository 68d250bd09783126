// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/snapshot.h"

#include "tests/ui/jobs/fake_task.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace embedscope::jobs {
namespace {

TEST(Snapshot, CopiesSmallTablesWhole) {
  FakeTask task({});
  task.runUntil(12, {});
  const SnapshotPtr snapshot = takeSnapshot(task);
  task.runUntil(20, {});
  EXPECT_EQ(snapshot->step, 12);
  EXPECT_EQ(snapshot->epoch, 1);
  ASSERT_EQ(snapshot->features.size(), 1U);
  const FeatureSnapshot& feature = snapshot->features[0];
  EXPECT_EQ(feature.name, "color");
  EXPECT_EQ(feature.tableRows, 3);
  EXPECT_FALSE(feature.isSample());
  EXPECT_EQ(feature.tableRow(2), 2);
  EXPECT_EQ(feature.values, base::RowMatrix::Constant(3, 2, 12.0F));
}

TEST(Snapshot, BordersBetweenWholeAndSample) {
  const std::int64_t limit = FeatureSnapshot::kMaxNumbers;
  EXPECT_TRUE(snapshotRows(limit / 4, 4).empty());
  EXPECT_EQ(snapshotRows(limit / 4 + 1, 4).size(), static_cast<std::size_t>(limit / 4));
  EXPECT_TRUE(snapshotRows(0, 4).empty());
  EXPECT_EQ(snapshotRows(2, 2 * limit).size(), 1U);  // not even one row fits
}

TEST(Snapshot, SampledRowsRiseAndSpanTheTable) {
  const std::int64_t rows = 10'000'000;
  const std::vector<std::int64_t> sample = snapshotRows(rows, 100);
  ASSERT_EQ(sample.size(), static_cast<std::size_t>(FeatureSnapshot::kMaxNumbers / 100));
  EXPECT_EQ(sample.front(), 0);
  EXPECT_TRUE(std::ranges::is_sorted(sample, std::less_equal<>()));
  EXPECT_GE(sample.back(), rows - 2 * rows / static_cast<std::int64_t>(sample.size()));
  EXPECT_LT(sample.back(), rows);
}

}  // namespace
}  // namespace embedscope::jobs
