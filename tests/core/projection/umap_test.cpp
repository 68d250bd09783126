// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/umap.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/component_start.h"
#include "core/projection/faithfulness.h"
#include "core/projection/force_table.h"
#include "core/projection/fuzzy_set.h"
#include "core/projection/umap_curve.h"
#include "tests/core/projection/reference.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <stop_token>
#include <utility>
#include <vector>

namespace embedscope::projection {
namespace {

using base::RowMatrix;
using neighbors::Metric;

UmapOptions quickOptions() {
  UmapOptions options;
  options.epochs = 20;
  options.seed = 4;
  return options;
}

RowMatrix mapOf(const RowMatrix& rows, const UmapOptions& options) {
  Umap umap = Umap::begin(rows, options).value();
  EXPECT_TRUE(umap.advance(options.epochs == 0 ? umap.epochs() : options.epochs));
  EXPECT_TRUE(umap.isDone());
  return umap.points();
}

TEST(UmapCurve, AgreesWithUmapLearn) {
  const auto json = reference("umap");
  for (const auto& expected : json.at("curves")) {
    const UmapCurve curve = fitUmapCurve(expected.at("spread"), expected.at("minDist"));
    EXPECT_NEAR(curve.a, expected.at("a").get<double>(), 1e-5) << expected;
    EXPECT_NEAR(curve.b, expected.at("b").get<double>(), 1e-5) << expected;
  }
}

TEST(UmapCurve, RefusesWhatCannotBe) {
  EXPECT_THROW(fitUmapCurve(0, 0), base::Error);
  EXPECT_THROW(fitUmapCurve(1, -0.1), base::Error);
  EXPECT_THROW(fitUmapCurve(1, 1.1), base::Error);
  EXPECT_THROW(fitUmapCurve(1, std::nan("")), base::Error);
  EXPECT_THROW(fitUmapCurve(std::numeric_limits<double>::infinity(), 0), base::Error);
}

TEST(ForceTable, MeetsPowersAndEnds) {
  const ForceTable table([](double x) { return std::pow(x, -0.8); });
  for (double x = 1e-11; x < 1e11; x *= 1.37) {
    EXPECT_NEAR(static_cast<double>(table(static_cast<float>(x))) * std::pow(x, 0.8), 1, 1e-4) << x;
  }
  EXPECT_TRUE(std::isfinite(table(0)));
  EXPECT_EQ(table(1e30F), table(std::numeric_limits<float>::infinity()));
}

TEST(FuzzySet, AgreesWithUmapLearn) {
  const auto json = reference("umap");
  const RowMatrix rows = matrixOf(json.at("rowsOfSets"));
  for (const auto& expected : json.at("sets")) {
    const Eigen::Index k = expected.at("neighbors").get<Eigen::Index>() - 1;
    const auto graph =
        neighbors::neighborGraph(rows, {.k = k, .metric = metricOf(expected.at("metric"))}).value();
    const SymmetricEdges set = fuzzySet(graph).value();
    std::map<std::pair<std::size_t, std::int32_t>, float> weights;
    for (std::size_t row = 0; row + 1 < set.begins.size(); ++row) {
      for (std::size_t edge = set.begins[row]; edge < set.begins[row + 1]; ++edge) {
        weights[{row, set.others[edge]}] = set.weights[edge];
      }
    }
    EXPECT_EQ(weights.size(), 2 * expected.at("edges").size());
    for (const auto& edge : expected.at("edges")) {
      const auto i = edge[0].get<std::int32_t>();
      const auto j = edge[1].get<std::int32_t>();
      const float weight = weights[{static_cast<std::size_t>(i), j}];
      EXPECT_NEAR(weight, edge[2].get<float>(), 1e-4F) << edge << expected.at("metric");
      EXPECT_EQ(weight, (weights[{static_cast<std::size_t>(j), i}]));
    }
  }
}

TEST(FuzzySet, ScaleMakesMembershipsAddUp) {
  const std::vector<float> distances = {0, 0.5F, 1, 2, 4, 7, 7};
  const LocalScale local = localScale(distances, 3);
  EXPECT_EQ(local.nearest, 0.5F);
  double sum = 0;
  for (const float distance : distances) {
    sum += distance <= 0.5F ? 1 : std::exp(-static_cast<double>((distance - 0.5F) / local.scale));
  }
  EXPECT_NEAR(sum, 3, 1e-4);  // log2 of 7 neighbors and the row
  const std::vector<float> zeros(7, 0.0F);
  EXPECT_EQ(localScale(zeros, 3).nearest, 0);
  EXPECT_GE(localScale(zeros, 3).scale, 0.003F);
}

TEST(UmapStart, SpreadsComponentsAndPartsEqualRows) {
  const RowMatrix rows = tests::clusteredRows(200, 6, 4);
  const RowMatrix start = umapStart(rows, 3, 1).value();
  EXPECT_EQ(start.cols(), 3);
  EXPECT_NEAR(start.cwiseAbs().maxCoeff(), 10, 1e-2);
  const RowMatrix line = umapStart(rows.leftCols(1), 2, 1).value();
  EXPECT_LT(line.col(1).cwiseAbs().maxCoeff(), 1e-2F);
  const RowMatrix equal = umapStart(RowMatrix::Ones(20, 3), 2, 1).value();
  EXPECT_GT((equal.row(0) - equal.row(1)).norm(), 0);
  EXPECT_TRUE(equal.allFinite());
}

TEST(Umap, IsAsFaithfulAsUmapLearn) {
  const auto quality = reference("umap").at("quality");
  const RowMatrix rows = matrixOf(quality.at("rows"));
  std::vector<double> trustworthiness;
  std::vector<double> kept;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    UmapOptions options;
    options.metric = Metric::Euclidean;
    options.seed = seed;
    const auto measured = faithfulness(rows, mapOf(rows, options),
                                       {.k = quality.at("k"), .metric = Metric::Euclidean});
    trustworthiness.push_back(measured->trustworthiness);
    kept.push_back(measured->neighborsKept);
  }
  EXPECT_GE(mean(trustworthiness), mean(quality.at("trustworthiness")) - 0.01);
  EXPECT_GE(mean(kept), mean(quality.at("kept")) - 0.01);
}

TEST(Umap, ThreadCountsAndCallsGiveEqualBits) {
  const RowMatrix rows = tests::clusteredRows(2100, 6, 12);  // more than one block of points
  for (const Eigen::Index dims : {2, 3}) {
    UmapOptions options = quickOptions();
    options.dims = dims;
    options.epochs = 9;
    options.neighbors = 6;
    options.exactUpTo = dims == 2 ? 20'000 : 0;
    base::setThreadCount(1);
    const RowMatrix once = mapOf(rows, options);
    EXPECT_EQ(once.cols(), dims);
    EXPECT_TRUE(once.allFinite());
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      Umap umap = Umap::begin(rows, options).value();
      EXPECT_TRUE(umap.advance(7));
      EXPECT_EQ(umap.epoch(), 7);
      EXPECT_TRUE(umap.advance(0));
      EXPECT_TRUE(umap.advance(1000));
      EXPECT_TRUE(umap.isDone());
      EXPECT_EQ(umap.points(), once);
    }
    base::setThreadCount(0);
    options.seed = 5;
    EXPECT_NE(mapOf(rows, options), once);
  }
}

TEST(Umap, StopsBetweenEpochsAndGoesOnWithTheSameBits) {
  const RowMatrix rows = tests::clusteredRows(400, 5, 4);
  const RowMatrix whole = mapOf(rows, quickOptions());
  Umap umap = Umap::begin(rows, quickOptions()).value();
  std::stop_source stop;
  const base::TaskContext context(stop.get_token(), [&](double fraction) {
    if (fraction >= 0.25) {
      stop.request_stop();
    }
  });
  EXPECT_FALSE(umap.advance(20, context));
  EXPECT_EQ(umap.epoch(), 5);
  EXPECT_TRUE(umap.advance(20));
  EXPECT_EQ(umap.points(), whole);
  EXPECT_FALSE(Umap::begin(rows, quickOptions(), base::TaskContext(stop.get_token(), {})));
}

TEST(Umap, SmallestAndOddTables) {
  EXPECT_TRUE(mapOf(tests::clusteredRows(3, 2, 1), quickOptions()).allFinite());
  EXPECT_TRUE(mapOf(RowMatrix::Ones(30, 4), quickOptions()).allFinite());
  EXPECT_TRUE(mapOf(RowMatrix::Zero(30, 4), quickOptions()).allFinite());
  EXPECT_TRUE(mapOf(tests::clusteredRows(40, 1, 3), quickOptions()).allFinite());
  UmapOptions lonely = quickOptions();
  lonely.negativeSamples = 0;
  lonely.neighbors = 2;
  EXPECT_TRUE(mapOf(tests::clusteredRows(40, 3, 3), lonely).allFinite());
}

TEST(Umap, RefusesWhatDoesNotFit) {
  const RowMatrix rows = tests::clusteredRows(20, 3, 2);
  const auto refuses = [&](const auto& change) {
    UmapOptions options;
    change(options);
    EXPECT_THROW(Umap::begin(rows, options), base::Error);
  };
  refuses([](UmapOptions& options) { options.dims = 4; });
  refuses([](UmapOptions& options) { options.neighbors = 1; });
  refuses([](UmapOptions& options) { options.minDist = 2; });
  refuses([](UmapOptions& options) { options.epochs = -1; });
  refuses([](UmapOptions& options) { options.negativeSamples = -1; });
  refuses([](UmapOptions& options) { options.learningRate = 0; });
  refuses([](UmapOptions& options) { options.metric = Metric::Manhattan; });
  EXPECT_THROW(Umap::begin(rows.topRows(2), {}), base::Error);
  RowMatrix broken = rows;
  broken(4, 2) = std::nanf("");
  try {
    Umap::begin(broken, {});
    ADD_FAILURE() << "NaN was accepted";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::NonFinite);
    EXPECT_NE(error.sentence().find("row 4 "), std::string::npos);
  }
}

}  // namespace
}  // namespace embedscope::projection
