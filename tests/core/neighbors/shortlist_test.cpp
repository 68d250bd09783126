// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/shortlist.h"

#include "core/base/random.h"
#include "core/neighbors/candidates.h"
#include "tests/core/neighbors/table_of_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <stop_token>
#include <vector>

namespace embedscope::neighbors {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

TEST(Shortlist, SurelyHasNoMoreThanTheKthBest) {
  for (const std::size_t k : {1U, 2U, 7U, 100U}) {
    base::RandomStream random(k, 0);
    Shortlist list(k);
    std::vector<double> seen;
    for (std::int64_t row = 0; row < 3000; ++row) {
      const double least = random.normal();
      const double before = list.sureLimit();
      const bool hasGrown = list.offer(row, least, least + 1);
      seen.push_back(least);
      std::ranges::sort(seen, std::greater<>());
      EXPECT_EQ(hasGrown, list.sureLimit() > before);
      EXPECT_EQ(list.sureLimit() > -kInf, seen.size() >= k);
      EXPECT_TRUE(seen.size() < k || list.sureLimit() <= seen[k - 1]);
      // It lags by a quarter of k and a few at most.
      const std::size_t behind = k + std::max<std::size_t>(k / 4, 4);
      EXPECT_TRUE(seen.size() < behind || list.sureLimit() >= seen[behind - 1]);
    }
  }
}

TEST(Shortlist, LimitsOfSeveralListsAreThoseOfAll) {
  base::RandomStream random(3, 0);
  Shortlist one(5);
  Shortlist other(5);
  std::vector<double> all;
  for (std::int64_t row = 0; row < 400; ++row) {
    all.push_back(random.normal());
    (row % 3 == 0 ? one : other).offer(row, all.back(), all.back());
  }
  std::vector<double> sorted = all;
  std::ranges::sort(sorted, std::greater<>());
  const std::vector<const Shortlist*> lists = {&one, &other};
  std::vector<Candidate> survivors =
      Shortlist::survivors(lists, -kInf, [](double sure) { return sure; });
  ASSERT_EQ(survivors.size(), 5U);
  std::ranges::sort(survivors, std::greater<>(), &Candidate::most);
  for (std::size_t i = 0; i < survivors.size(); ++i) {
    EXPECT_EQ(survivors[i].most, sorted[i]);
    EXPECT_EQ(all[static_cast<std::size_t>(survivors[i].row)], sorted[i]);
  }
}

TEST(Candidates, TiesAndBoundsThatSayNothingCostNoAnswer) {
  base::RandomStream random(4, 0);
  base::RowMatrix rows(700, 3);
  for (Eigen::Index i = 0; i < rows.size(); ++i) {
    rows.data()[i] = static_cast<float>(random.below(4)) - 1;
  }
  for (const Metric metric : {Metric::Cosine, Metric::Dot, Metric::Euclidean, Metric::Manhattan}) {
    const ExactIndex index(tableOf(rows), metric);
    const std::vector<float> query = index.prepared(index.table().row(5));
    std::vector<Candidate> tight;
    std::vector<Candidate> loose;
    for (std::int64_t row = 0; row < 700; ++row) {
      const auto score = static_cast<double>(index.score(row, query));
      tight.push_back({row, largerIsNearer(metric) ? score : -score});
      loose.push_back({row, row % 2 == 0 ? kInf : tight.back().most + random.uniform(0, 2)});
    }
    for (const std::size_t k : {1U, 10U, 300U, 700U, 900U}) {
      const auto expected = index.nearest(index.table().row(5), static_cast<std::int64_t>(k));
      EXPECT_EQ(nearestOfCandidates(index, query, tight, k, {}), expected) << metricName(metric);
      EXPECT_EQ(nearestOfCandidates(index, query, loose, k, {}), expected) << metricName(metric);
    }
    EXPECT_TRUE(nearestOfCandidates(index, query, {}, 3, {}).empty());
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(nearestOfCandidates(index, query, tight, 3, base::TaskContext(stop.get_token(), {}))
                    .empty());
  }
}

}  // namespace
}  // namespace embedscope::neighbors
