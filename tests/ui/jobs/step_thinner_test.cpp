// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/step_thinner.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace embedscope::jobs {
namespace {

std::vector<training::StepRecord> risingLosses(std::int64_t count) {
  std::vector<training::StepRecord> records;
  for (std::int64_t step = 1; step <= count; ++step) {
    records.push_back({step, static_cast<double>(step)});
  }
  return records;
}

std::vector<training::StepRecord> thinned(const std::vector<training::StepRecord>& records,
                                          std::size_t portion) {
  StepThinner thinner(static_cast<std::int64_t>(records.size()));
  std::vector<training::StepRecord> out;
  for (std::size_t first = 0; first < records.size(); first += portion) {
    const std::size_t count = std::min(portion, records.size() - first);
    const auto some = thinner.add(std::span(records).subspan(first, count));
    out.insert(out.end(), some.begin(), some.end());
  }
  const auto rest = thinner.rest();
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

TEST(StepThinner, KeepsEveryStepOfAShortRun) {
  const auto out = thinned(risingLosses(StepThinner::kMaxRecords), 7);
  ASSERT_EQ(out.size(), static_cast<std::size_t>(StepThinner::kMaxRecords));
  EXPECT_EQ(out.front().step, 1);
  EXPECT_EQ(out.back().loss, static_cast<double>(StepThinner::kMaxRecords));
}

TEST(StepThinner, LongRunsBecomeMeansOfNeighbors) {
  const std::int64_t steps = 3 * StepThinner::kMaxRecords - 1;  // the last record has two steps
  const auto out = thinned(risingLosses(steps), 1000);
  ASSERT_EQ(out.size(), static_cast<std::size_t>(StepThinner::kMaxRecords));
  EXPECT_EQ(out[0].step, 3);
  EXPECT_EQ(out[0].loss, 2.0);  // (1 + 2 + 3) / 3
  EXPECT_EQ(out[1].loss, 5.0);
  EXPECT_EQ(out.back().step, steps);
  EXPECT_EQ(out.back().loss, static_cast<double>(steps) - 0.5);
}

TEST(StepThinner, DoesNotDependOnHowStepsComeIn) {
  const auto records = risingLosses(50000);
  const auto whole = thinned(records, records.size());
  for (const std::size_t portion : {1U, 13U, 4097U}) {
    const auto parts = thinned(records, portion);
    ASSERT_EQ(parts.size(), whole.size());
    EXPECT_TRUE(std::ranges::equal(parts, whole, [](const auto& a, const auto& b) {
      return a.step == b.step && a.loss == b.loss;
    }));
  }
  EXPECT_LE(whole.size(), static_cast<std::size_t>(StepThinner::kMaxRecords));
}

TEST(StepThinner, HasNoRestWhenNothingWaits) {
  StepThinner thinner(0);
  EXPECT_EQ(thinner.stride(), 1);
  EXPECT_TRUE(thinner.rest().empty());
}

}  // namespace
}  // namespace embedscope::jobs
