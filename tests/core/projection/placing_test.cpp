// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/placing.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/faithfulness.h"
#include "core/projection/fuzzy_set.h"
#include "tests/core/projection/reference.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::projection {
namespace {

using base::RowMatrix;
using neighbors::Metric;

table::TablePtr tableOf(const RowMatrix& rows) {
  std::vector<std::string> labels;
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    labels.push_back(std::to_string(row));
  }
  return std::make_shared<const table::EmbeddingTable>("rows", table::Vocabulary(std::move(labels)),
                                                       rows);
}

UmapOptions umapBy(Metric metric, Eigen::Index dims = 2) {
  UmapOptions options;
  options.metric = metric;
  options.dims = dims;
  options.epochs = 200;
  return options;
}

TsneOptions tsneBy(Metric metric, Eigen::Index dims = 2) {
  TsneOptions options;
  options.metric = metric;
  options.dims = dims;
  options.perplexity = 20;
  options.iterations = 400;
  return options;
}

RowMatrix pictureOf(const RowMatrix& rows, const LayoutOptions& options) {
  Layout layout = Layout::begin(rows, options).value();
  EXPECT_TRUE(layout.advance(layout.steps()));
  return layout.points();
}

/// How far a place is from a point, in the unit of the picture's size.
double apart(const RowMatrix& points, const RowMatrix& places, Eigen::Index row) {
  const double size = std::sqrt(static_cast<double>(
      (points.rowwise() - points.colwise().mean()).rowwise().squaredNorm().mean()));
  return static_cast<double>((points.row(row) - places.row(row)).norm()) / size;
}

class PlacingTest : public testing::TestWithParam<LayoutOptions> {};

std::string nameOf(const testing::TestParamInfo<LayoutOptions>& tested) {
  return (std::holds_alternative<UmapOptions>(tested.param) ? "Umap" : "Tsne") +
         std::string(layoutMetric(tested.param) == Metric::Cosine ? "Cosine" : "Euclidean") +
         std::to_string(layoutDims(tested.param));
}

INSTANTIATE_TEST_SUITE_P(Layouts, PlacingTest,
                         testing::Values(umapBy(Metric::Cosine), umapBy(Metric::Euclidean, 3),
                                         tsneBy(Metric::Cosine), tsneBy(Metric::Euclidean, 3)),
                         nameOf);

TEST_P(PlacingTest, RowsOfTheTableLieOnTheirPoints) {
  const RowMatrix rows = tests::clusteredRows(300, 8, 5);
  const RowMatrix points = pictureOf(rows, GetParam());
  const RowMatrix places = placeRows(tableOf(rows), points, GetParam(), rows).value();
  EXPECT_EQ(places, points);
}

TEST_P(PlacingTest, RowsAlmostOfTheTableLieNearTheirPoints) {
  const RowMatrix rows = tests::clusteredRows(300, 8, 5);
  const RowMatrix points = pictureOf(rows, GetParam());
  const RowMatrix almost = rows * 1.02F + RowMatrix::Constant(300, 8, 0.02F);
  const RowMatrix places = placeRows(tableOf(rows), points, GetParam(), almost).value();
  double sum = 0;
  for (Eigen::Index row = 0; row < 300; ++row) {
    sum += apart(points, places, row);
  }
  EXPECT_LT(sum / 300, 0.1);
}

TEST_P(PlacingTest, RowsHeldOutLandInTheirCluster) {
  const RowMatrix all = tests::clusteredRows(500, 8, 5, 0.25, 3);
  const RowMatrix rows = all.topRows(400);
  const RowMatrix points = pictureOf(rows, GetParam());
  const RowMatrix places =
      placeRows(tableOf(rows), points, GetParam(), all.bottomRows(100)).value();
  int right = 0;
  for (Eigen::Index row = 0; row < 100; ++row) {
    Eigen::Index nearest = 0;
    (points.rowwise() - places.row(row)).rowwise().squaredNorm().minCoeff(&nearest);
    right += nearest % 5 == row % 5 ? 1 : 0;
  }
  EXPECT_GE(right, 99);
}

TEST_P(PlacingTest, ThreadCountsAndCompanyGiveEqualBits) {
  const RowMatrix rows = tests::clusteredRows(300, 8, 5);
  const RowMatrix fresh = tests::clusteredRows(60, 8, 5, 0.5, 9);
  const RowMatrix points = pictureOf(rows, GetParam());
  const table::TablePtr table = tableOf(rows);
  base::setThreadCount(1);
  const RowMatrix once = placeRows(table, points, GetParam(), fresh).value();
  EXPECT_EQ(once.cols(), layoutDims(GetParam()));
  EXPECT_TRUE(once.allFinite());
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(placeRows(table, points, GetParam(), fresh).value(), once);
  }
  base::setThreadCount(0);
  EXPECT_EQ(placeRows(table, points, GetParam(), fresh.bottomRows(1)).value(), once.bottomRows(1));
  EXPECT_EQ(placeRows(table, points, GetParam(), fresh.topRows(0))->rows(), 0);
}

TEST_P(PlacingTest, FarAndEqualRowsStillHaveAPlace) {
  const RowMatrix rows = tests::clusteredRows(60, 4, 3);
  const RowMatrix points = pictureOf(rows, GetParam());
  const RowMatrix far = RowMatrix::Constant(2, 4, 1e6F);
  const RowMatrix places = placeRows(tableOf(rows), points, GetParam(), far).value();
  EXPECT_TRUE(places.allFinite());
  EXPECT_EQ(places.row(0), places.row(1));
  const table::TablePtr equal = tableOf(RowMatrix::Ones(60, 4));
  EXPECT_TRUE(placeRows(equal, points, GetParam(), rows)->allFinite());
  const RowMatrix zeros =
      placeRows(tableOf(rows), points, GetParam(), RowMatrix::Zero(1, 4)).value();
  EXPECT_EQ(zeros.allFinite(), layoutMetric(GetParam()) == Metric::Euclidean);
}

TEST_P(PlacingTest, StopsAndRefusesWhatDoesNotFit) {
  const RowMatrix rows = tests::clusteredRows(60, 4, 3);
  const table::TablePtr table = tableOf(rows);
  const RowMatrix points = rows.leftCols(layoutDims(GetParam()));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(placeRows(table, points, GetParam(), rows, base::TaskContext(stop.get_token(), {})));
  EXPECT_THROW(placeRows(table, points.topRows(59), GetParam(), rows), base::Error);
  EXPECT_THROW(placeRows(table, rows, GetParam(), rows), base::Error);
  EXPECT_THROW(placeRows(table, points, GetParam(), rows.leftCols(3)), base::Error);
  RowMatrix broken = rows;
  broken(7, 1) = std::numeric_limits<float>::quiet_NaN();
  try {
    placeRows(table, points, GetParam(), broken);
    ADD_FAILURE() << "NaN was accepted";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ErrorCode::NonFinite);
    EXPECT_NE(error.sentence().find("row 7 "), std::string::npos);
  }
  EXPECT_THROW(placeRows(table, broken.leftCols(points.cols()), GetParam(), rows), base::Error);
}

TEST(Placing, LargePicturesOfTsneGoByTheGrid) {
  const RowMatrix all = tests::clusteredRows(1400, 8, 5, 0.5, 3);
  const RowMatrix rows = all.topRows(1300);
  TsneOptions options = tsneBy(Metric::Euclidean);
  options.iterations = 300;
  const RowMatrix points = pictureOf(rows, options);
  const table::TablePtr table = tableOf(rows);
  const RowMatrix places = placeRows(table, points, options, all.bottomRows(100)).value();
  const RowMatrix almost = placeRows(table, points, options, rows.topRows(1) * 1.001F).value();
  EXPECT_LT(apart(points, almost, 0), 0.1);
  const auto kept = placedNeighborsKept(table, points, all.bottomRows(100), places,
                                        {.metric = Metric::Euclidean});
  const auto own = faithfulness(rows, points, {.metric = Metric::Euclidean});
  EXPECT_GT(kept.value(), 0.8 * own->neighborsKept);
}

TEST(Placing, KeepsAsManyNeighborsAsUmapLearn) {
  const auto expected = reference("umap_placing");
  const RowMatrix all = matrixOf(reference("umap").at("quality").at("rows"));
  const RowMatrix rows = all.topRows(400);
  const table::TablePtr table = tableOf(rows);
  std::vector<double> umapKept;
  std::vector<double> tsneKept;
  const auto keptBy = [&](LayoutOptions options) {
    const RowMatrix points = pictureOf(rows, options);
    const RowMatrix places = placeRows(table, points, options, all.bottomRows(100)).value();
    return placedNeighborsKept(table, points, all.bottomRows(100), places,
                               {.k = expected.at("k"), .metric = Metric::Euclidean})
        .value();
  };
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    UmapOptions umap = umapBy(Metric::Euclidean);
    umap.seed = seed;
    umap.epochs = 0;
    umapKept.push_back(keptBy(umap));
    TsneOptions tsne = tsneBy(Metric::Euclidean);
    tsne.seed = seed;
    tsne.iterations = 1000;
    tsneKept.push_back(keptBy(tsne));
  }
  EXPECT_GE(mean(umapKept), mean(expected.at("kept")) - 0.01);
  EXPECT_GE(mean(tsneKept), mean(expected.at("kept")) - 0.01);
}

TEST(Placing, ScalesOfNewRowsAreThoseOfUmapLearn) {
  const auto expected = reference("umap_placing");
  const auto& scales = expected.at("scales");
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const auto distances = expected.at("distances")[i].get<std::vector<float>>();
    EXPECT_NEAR(newRowScale(distances), scales[i].get<float>(), 1e-4F);
  }
  EXPECT_TRUE(std::isfinite(newRowScale(std::vector<float>{2})));
}

TEST(Placing, NeighborsKeptAreSharesOfTheNearest) {
  RowMatrix rows(4, 2);
  rows << 0, 1, 0, 2, 0, 4, 0, 8;
  RowMatrix points(4, 2);
  points << 0, 0, 1, 0, 9, 0, 2, 0;
  RowMatrix fresh(2, 2);
  fresh << 0, 1.5F, 0, 7;
  RowMatrix places(2, 2);
  places << 0.25F, 0, 0.25F, 0;
  // The first's nearest two are rows 0 and 1, and so are the points; the second's are 3 and 2.
  const table::TablePtr table = tableOf(rows);
  const PlacedKeptOptions two{.k = 2, .metric = Metric::Euclidean};
  EXPECT_DOUBLE_EQ(placedNeighborsKept(table, points, fresh, places, two).value(), 0.5);
  places.row(1).setConstant(std::nanf(""));
  EXPECT_DOUBLE_EQ(placedNeighborsKept(table, points, fresh, places, two).value(), 1);
  places.row(0).setConstant(std::nanf(""));
  EXPECT_FALSE(placedNeighborsKept(table, points, fresh, places, two));
  EXPECT_THROW(placedNeighborsKept(table, points, fresh, places.topRows(1), two), base::Error);
}

}  // namespace
}  // namespace embedscope::projection
