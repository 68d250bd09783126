// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/prepared_pca.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <stop_token>

namespace embedscope::projection {
namespace {

using base::RowMatrix;

constexpr Eigen::Index kDimension = 6;

RowMatrix someRows() {
  return tests::clusteredRows(1'500, kDimension, 4);
}

/// Both ways to the same: prepare all rows, then find their components.
void expectAsOfPreparedRows(const Preparation& preparation, Eigen::Index k) {
  const RowMatrix rows = someRows();
  const PreparedRows prepared = PreparedRows::of(rows, preparation).value();
  const PcaModel expected = fitPca(prepared.values(), k).value();
  const PreparedPca pca = fitPreparedPca(rows, preparation, k).value();
  ASSERT_EQ(pca.model.components.cols(), k);
  EXPECT_NEAR(pca.model.totalVariance, expected.totalVariance, 1e-6);
  EXPECT_LT((pca.model.variance - expected.variance).norm(), 1e-6);
  const RowMatrix points = pca.project(rows).value();
  EXPECT_LT((points - expected.project(prepared.values())).cwiseAbs().maxCoeff(), 1e-5F);
  const RowMatrix one = pca.project(rows.row(1'200)).value();
  EXPECT_LT((one - points.row(1'200)).cwiseAbs().maxCoeff(), 1e-6F);
}

TEST(PreparedPca, IsThatOfThePreparedRows) {
  expectAsOfPreparedRows({}, 3);
  expectAsOfPreparedRows({.centre = true}, 3);
  expectAsOfPreparedRows({.removedComponents = 2}, 3);
  expectAsOfPreparedRows({.unitRows = true}, 3);
  expectAsOfPreparedRows({.centre = true, .unitRows = true}, 3);
  expectAsOfPreparedRows({.removedComponents = 2, .unitRows = true}, 3);
}

TEST(PreparedPca, HasAsManyComponentsAsAskedForWhereFewAreLeft) {
  const RowMatrix rows = someRows();
  const PreparedPca pca = fitPreparedPca(rows, {.removedComponents = kDimension - 1}, 3).value();
  EXPECT_EQ(pca.model.components.cols(), 3);
  ASSERT_EQ(pca.model.variance.size(), kDimension);
  EXPECT_NEAR(pca.model.variance(0), fitPca(rows, kDimension).value().variance(kDimension - 1),
              1e-6);
  EXPECT_NEAR(pca.model.variance.tail(kDimension - 1).maxCoeff(), 0, 1e-9);
  EXPECT_LT(pca.project(rows).value().rightCols(2).cwiseAbs().maxCoeff(), 1e-5F);
}

TEST(PreparedPca, IsPlainPcaWhereNothingIsAsked) {
  const RowMatrix rows = someRows();
  const PcaModel plain = fitPca(rows, 2).value();
  const PreparedPca pca = fitPreparedPca(rows, {}, 2).value();
  EXPECT_EQ(pca.model.components, plain.components);
  EXPECT_EQ(pca.project(rows).value(), plain.project(rows));
}

TEST(PreparedPca, ThreadCountsGiveEqualBits) {
  const RowMatrix rows = tests::clusteredRows(5'000, 12, 5);
  for (const Preparation& preparation :
       {Preparation{.removedComponents = 2}, Preparation{.centre = true, .unitRows = true}}) {
    const auto points = [&] {
      return fitPreparedPca(rows, preparation, 3).value().project(rows).value();
    };
    base::setThreadCount(1);
    const RowMatrix one = points();
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      EXPECT_EQ(points(), one) << threads;
    }
  }
  base::setThreadCount(0);
}

TEST(PreparedPca, RefusesWhatHasNoAnswerAndStops) {
  const RowMatrix rows = someRows();
  EXPECT_THROW(fitPreparedPca(rows, {.removedComponents = kDimension}, 2), base::Error);
  EXPECT_THROW(fitPreparedPca(rows, {.removedComponents = -1}, 2), base::Error);
  EXPECT_THROW(fitPreparedPca(rows, {}, 0), base::Error);
  EXPECT_THROW(fitPreparedPca(RowMatrix(0, 3), {}, 1), base::Error);
  const PreparedPca pca = fitPreparedPca(rows, {.unitRows = true}, 2).value();
  EXPECT_THROW(pca.project(RowMatrix::Zero(1, kDimension + 1)), base::Error);
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext stopped(stop.get_token(), {});
  EXPECT_FALSE(fitPreparedPca(rows, {.removedComponents = 1}, 2, stopped));
  EXPECT_FALSE(fitPreparedPca(rows, {.unitRows = true}, 2, stopped));
  EXPECT_FALSE(pca.project(rows, stopped));
}

}  // namespace
}  // namespace embedscope::projection
