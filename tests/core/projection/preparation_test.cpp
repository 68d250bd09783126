// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/preparation.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/finite_mean.h"
#include "core/projection/pca.h"
#include "tests/core/projection/reference.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <stop_token>
#include <vector>

namespace embedscope::projection {
namespace {

using base::RowMatrix;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

constexpr Preparation kAll{.centre = true, .removedComponents = 2, .unitRows = true};

RowMatrix prepared(const RowMatrix& rows, const Preparation& preparation) {
  return PreparedRows::of(rows, preparation).value().values();
}

float largestDifference(const RowMatrix& a, const RowMatrix& b) {
  return (a - b).cwiseAbs().maxCoeff();
}

TEST(Preparation, AgreesWithNumPyAndScikitLearn) {
  const nlohmann::json expected = reference("preparation");
  const RowMatrix rows = matrixOf(expected.at("rows"));
  for (const auto& own : expected.at("cases")) {
    const Preparation preparation{.centre = own.at("centre"),
                                  .removedComponents = own.at("removed"),
                                  .unitRows = own.at("unit")};
    EXPECT_LT(largestDifference(prepared(rows, preparation), matrixOf(own.at("prepared"))), 2e-6F)
        << own.at("centre") << own.at("removed") << own.at("unit");
  }
}

TEST(Preparation, TakesTheTablesOwnRowsWhereNothingIsAsked) {
  const RowMatrix rows = tests::clusteredRows(10, 4, 2);
  EXPECT_EQ(PreparedRows::of(rows, {}).value().values().data(), rows.data());
  EXPECT_NE(PreparedRows::of(rows, {.unitRows = true}).value().values().data(), rows.data());
}

TEST(Preparation, RemovingComponentsCentres) {
  const RowMatrix rows = tests::clusteredRows(60, 5, 3);
  const Preparation removing{.removedComponents = 1};
  const Preparation both{.centre = true, .removedComponents = 1};
  EXPECT_EQ(removing, both);
  EXPECT_NE(removing, Preparation{.centre = true});
  EXPECT_NE(removing, (Preparation{.removedComponents = 1, .unitRows = true}));
  EXPECT_EQ(prepared(rows, removing), prepared(rows, both));
  const RowMatrix left = prepared(rows, removing);
  EXPECT_LT(left.colwise().mean().norm(), 1e-6F);
  const PcaModel model = fitPca(rows, 5).value();
  const PcaModel after = fitPca(left, 4).value();
  EXPECT_LT((after.variance.head(4) - model.variance.tail(4)).norm(), 1e-5) << "the others stay";
}

TEST(Preparation, NewRowsAreChangedAsThoseOfTheTable) {
  const RowMatrix rows = tests::clusteredRows(700, 6, 4);
  const PreparedRows whole = PreparedRows::of(rows, kAll).value();
  for (const Eigen::Index row : {0, 300, 699}) {
    EXPECT_EQ(whole.preparer().apply(rows.row(row)).value(), RowMatrix(whole.values().row(row)));
  }
  EXPECT_THROW(whole.preparer().apply(RowMatrix::Zero(1, 5)), base::Error);
}

TEST(Preparation, ZerosAndWhatIsLeftByRoundingStayZeros) {
  RowMatrix rows(3, 3);
  rows << 0, 0, 0, 3, 4, 0, 0, 0, 1e-30F;
  RowMatrix unit(3, 3);
  unit << 0, 0, 0, 0.6F, 0.8F, 0, 0, 0, 1;
  EXPECT_EQ(prepared(rows, {.unitRows = true}), unit);
  // Equal rows whose mean is not exactly theirs; then rows on a line, of which nothing is left.
  const RowMatrix equal = RowMatrix::Constant(1000, 3, 0.1F);
  EXPECT_EQ(prepared(equal, {.centre = true, .unitRows = true}), RowMatrix::Zero(1000, 3));
  RowMatrix line(5, 3);
  for (Eigen::Index i = 0; i < line.rows(); ++i) {
    line.row(i) << static_cast<float>(i), 2 * static_cast<float>(i), 5;
  }
  EXPECT_EQ(prepared(line, {.removedComponents = 1, .unitRows = true}), RowMatrix::Zero(5, 3));
}

TEST(Preparation, RowsThatAreNotFiniteTakeNoPart) {
  const RowMatrix rows = tests::clusteredRows(50, 4, 3);
  RowMatrix more(52, 4);
  more << rows, RowMatrix::Constant(2, 4, 1);
  more(50, 1) = kNaN;
  more(51, 2) = kInfinity;
  const RowMatrix changed = prepared(more, kAll);
  EXPECT_LT(largestDifference(changed.topRows(50), prepared(rows, kAll)), 1e-6F);
  EXPECT_FALSE(changed.row(50).allFinite());
  EXPECT_FALSE(changed.row(51).allFinite());
  const RowMatrix nothing = RowMatrix::Constant(2, 3, kNaN);
  EXPECT_EQ(meanOfFiniteRows(nothing).value().count, 0);
  EXPECT_FALSE(prepared(nothing, kAll).array().isFinite().any());
}

TEST(Preparation, ThreadCountsGiveEqualBits) {
  const RowMatrix rows = tests::clusteredRows(5'000, 12, 5);
  for (const Preparation& preparation : {Preparation{.centre = true}, kAll}) {
    base::setThreadCount(1);
    const RowMatrix one = prepared(rows, preparation);
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      EXPECT_EQ(prepared(rows, preparation), one) << threads;
    }
  }
  base::setThreadCount(0);
}

TEST(Preparation, RefusesComponentsThatAreNotThere) {
  const RowMatrix rows = tests::clusteredRows(9, 3, 2);
  EXPECT_NO_THROW(fitPreparer(rows, {.removedComponents = 2}));
  EXPECT_THROW(fitPreparer(rows, {.removedComponents = 3}), base::Error);
  EXPECT_THROW(fitPreparer(rows, {.removedComponents = -1}), base::Error);
  EXPECT_THROW(fitPreparer(RowMatrix(0, 3), {}), base::Error);
  EXPECT_THROW(fitPreparer(RowMatrix(3, 0), {}), base::Error);
}

TEST(Preparation, ReportsRisesAndStopsAtAnyTime) {
  const RowMatrix rows = tests::clusteredRows(3'000, 5, 2);
  std::vector<double> told;
  const base::TaskContext context({}, [&](double fraction) { told.push_back(fraction); });
  ASSERT_TRUE(PreparedRows::of(rows, kAll, context));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 1);
  for (const double when : {0.0, 0.4, 0.85}) {
    std::stop_source stop;
    const base::TaskContext stopping(stop.get_token(), [&](double fraction) {
      if (fraction >= when) {
        stop.request_stop();
      }
    });
    EXPECT_FALSE(PreparedRows::of(rows, kAll, stopping)) << when;
    EXPECT_FALSE(PreparedRows::of(rows, {.centre = true}, stopping)) << when;
  }
}

}  // namespace
}  // namespace embedscope::projection
