// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/faithfulness.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/core/projection/reference.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stop_token>
#include <string>

namespace embedscope::projection {
namespace {

using base::RowMatrix;
using neighbors::Metric;

TEST(Faithfulness, AgreesWithScikitLearn) {
  const auto json = reference("umap");
  const RowMatrix rows = matrixOf(json.at("rows"));
  for (const auto& map : json.at("maps")) {
    const RowMatrix points = matrixOf(map.at("points"));
    for (const auto& [metric, expected] : map.at("values").items()) {
      const Faithfulness measured =
          faithfulness(rows, points, {.k = map.at("k"), .metric = metricOf(metric)}).value();
      const std::string name = map.at("name").get<std::string>() + ", " + metric;
      EXPECT_NEAR(measured.trustworthiness, expected.at("trustworthiness").get<double>(), 1e-9)
          << name;
      const auto& kept = expected.at("kept");
      EXPECT_NEAR(measured.neighborsKept, mean(kept), 1e-9) << name;
      ASSERT_EQ(measured.rows.size(), kept.size());
      for (std::size_t i = 0; i < kept.size(); ++i) {
        EXPECT_NEAR(static_cast<double>(measured.rowNeighborsKept(static_cast<Eigen::Index>(i))),
                    kept[i].get<double>(), 1e-6)
            << name << ", row " << i;
      }
      EXPECT_NEAR(measured.rowTrustworthiness.cast<double>().mean(), measured.trustworthiness,
                  1e-6);
      EXPECT_FALSE(measured.isSampled);
    }
  }
}

TEST(Faithfulness, OfTheTableItselfIsPerfect) {
  const RowMatrix rows = tests::clusteredRows(90, 3, 4);
  const auto measured = faithfulness(rows, rows, {.metric = Metric::Euclidean});
  EXPECT_EQ(measured->trustworthiness, 1);
  EXPECT_NEAR(measured->neighborsKept, 1, 1e-12);
  const auto few = faithfulness(rows.topRows(3), rows.topRows(3), {.metric = Metric::Euclidean});
  EXPECT_EQ(few->k, 1);
  EXPECT_EQ(few->trustworthiness, 1);
}

TEST(Faithfulness, OfDrawnRowsIsThatOfATableOfThem) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  const RowMatrix rows = tests::clusteredRows(60, 3, 4);
  const RowMatrix points = rows.leftCols(2);
  RowMatrix moreRows(62, rows.cols());
  RowMatrix morePoints(62, 2);
  moreRows << rows.topRows(1), RowMatrix::Constant(1, rows.cols(), 1), rows.bottomRows(59),
      RowMatrix::Constant(1, rows.cols(), kNaN);
  morePoints << points.topRows(1), RowMatrix::Constant(1, 2, kNaN), points.bottomRows(59),
      RowMatrix::Constant(1, 2, 1);
  EXPECT_THROW(faithfulness(moreRows, morePoints, {}), base::Error);
  const Faithfulness expected = faithfulness(rows, points, {}).value();
  const Faithfulness measured = drawnFaithfulness(moreRows, morePoints, {}).value();
  EXPECT_EQ(measured.trustworthiness, expected.trustworthiness);
  EXPECT_EQ(measured.rowNeighborsKept, expected.rowNeighborsKept);
  EXPECT_TRUE(measured.isSampled);
  ASSERT_EQ(measured.rows.size(), 60U);
  EXPECT_EQ(measured.rows[0], 0);
  EXPECT_EQ(measured.rows[1], 2);
  EXPECT_EQ(measured.rows[59], 60);
  EXPECT_FALSE(drawnFaithfulness(rows, points, {})->isSampled);
  morePoints.setConstant(kNaN);
  EXPECT_THROW(drawnFaithfulness(moreRows, morePoints, {}), base::Error);
}

TEST(Faithfulness, SampleIsNearTheWholeAndTheSameForAnyThreadCount) {
  const RowMatrix rows = tests::clusteredRows(1200, 8, 10);
  const RowMatrix points = rows.leftCols(2);
  const Faithfulness whole = faithfulness(rows, points, {}).value();
  FaithfulnessOptions options;
  options.exactUpTo = 1000;
  options.sample = 300;
  base::setThreadCount(1);
  const Faithfulness one = faithfulness(rows, points, options).value();
  base::setThreadCount(3);
  const Faithfulness three = faithfulness(rows, points, options).value();
  base::setThreadCount(0);
  EXPECT_TRUE(one.isSampled);
  EXPECT_EQ(one.rows.size(), 300U);
  EXPECT_NEAR(one.trustworthiness, whole.trustworthiness, 0.02);
  EXPECT_NEAR(one.neighborsKept, whole.neighborsKept, 0.02);
  EXPECT_EQ(three.trustworthiness, one.trustworthiness);
  EXPECT_EQ(three.rowNeighborsKept, one.rowNeighborsKept);
}

TEST(Faithfulness, RefusesAndStops) {
  const RowMatrix rows = tests::clusteredRows(20, 3, 2);
  EXPECT_THROW(faithfulness(rows, rows.topRows(19), {}), base::Error);
  EXPECT_THROW(faithfulness(rows.topRows(2), rows.topRows(2), {}), base::Error);
  EXPECT_THROW(faithfulness(rows, rows, {.k = 0}), base::Error);
  EXPECT_THROW(faithfulness(rows, rows, {.metric = Metric::Dot}), base::Error);
  RowMatrix broken = rows;
  broken(0, 0) = std::nanf("");
  EXPECT_THROW(faithfulness(rows, broken, {}), base::Error);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(faithfulness(rows, rows, {}, base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::projection
