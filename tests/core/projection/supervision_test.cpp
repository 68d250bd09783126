// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/supervision.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/umap.h"
#include "tests/core/projection/reference.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
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

/// Edges of a file, each once, as both ends see them.
SymmetricEdges edgesOf(const nlohmann::json& list, std::size_t rows) {
  std::map<std::pair<std::int32_t, std::int32_t>, float> sorted;
  for (const auto& edge : list) {
    const auto i = edge[0].get<std::int32_t>();
    const auto j = edge[1].get<std::int32_t>();
    sorted[{i, j}] = edge[2];
    sorted[{j, i}] = edge[2];
  }
  SymmetricEdges edges;
  edges.begins.assign(rows + 1, 0);
  for (const auto& [ends, weight] : sorted) {
    ++edges.begins[static_cast<std::size_t>(ends.first) + 1];
    edges.others.push_back(ends.second);
    edges.weights.push_back(weight);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    edges.begins[row + 1] += edges.begins[row];
  }
  return edges;
}

/// Mean silhouette of the categories: Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7.
double silhouette(const RowMatrix& points, const std::vector<std::int32_t>& categories) {
  const auto count = static_cast<std::size_t>(std::ranges::max(categories)) + 1;
  double sum = 0;
  for (Eigen::Index i = 0; i < points.rows(); ++i) {
    std::vector<double> distances(count, 0.0);
    std::vector<double> sizes(count, 0.0);
    for (Eigen::Index j = 0; j < points.rows(); ++j) {
      if (i != j) {
        const auto category = static_cast<std::size_t>(categories[static_cast<std::size_t>(j)]);
        distances[category] += static_cast<double>((points.row(i) - points.row(j)).norm());
        sizes[category] += 1;
      }
    }
    const auto own = static_cast<std::size_t>(categories[static_cast<std::size_t>(i)]);
    const double within = distances[own] / sizes[own];
    double beyond = std::numeric_limits<double>::infinity();
    for (std::size_t other = 0; other < count; ++other) {
      if (other != own) {
        beyond = std::min(beyond, distances[other] / sizes[other]);
      }
    }
    sum += (beyond - within) / std::max(beyond, within);
  }
  return sum / static_cast<double>(points.rows());
}

RowMatrix pictureOf(const RowMatrix& rows, const UmapOptions& options) {
  Umap umap = Umap::begin(rows, options).value();
  EXPECT_TRUE(umap.advance(umap.epochs()));
  return umap.points();
}

TEST(Supervision, AgreesWithUmapLearn) {
  const auto json = reference("umap_supervised");
  const auto rows = json.at("rowCount").get<std::size_t>();
  for (const auto& expected : json.at("sets")) {
    const auto categories = expected.at("categories").get<std::vector<std::int32_t>>();
    const SymmetricEdges got =
        supervised(edgesOf(json.at("before"), rows), categories, expected.at("weight")).value();
    const SymmetricEdges wanted = edgesOf(expected.at("edges"), rows);
    EXPECT_EQ(got.begins, wanted.begins) << expected.at("weight");
    ASSERT_EQ(got.others, wanted.others) << expected.at("weight");
    for (std::size_t edge = 0; edge < wanted.weights.size(); ++edge) {
      EXPECT_NEAR(got.weights[edge], wanted.weights[edge], 1e-5F) << expected.at("weight");
    }
  }
}

TEST(Supervision, PartsCategoriesAsFarAsUmapLearn) {
  const auto json = reference("umap_supervised").at("pictures");
  const RowMatrix rows = matrixOf(json.at("rows"));
  const auto categories = json.at("categories").get<std::vector<std::int32_t>>();
  std::vector<double> with;
  std::vector<double> without;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    UmapOptions options;
    options.metric = Metric::Euclidean;
    options.seed = seed;
    without.push_back(silhouette(pictureOf(rows, options), categories));
    options.categories = categories;
    with.push_back(silhouette(pictureOf(rows, options), categories));
  }
  EXPECT_LT(mean(without), 0.2);
  EXPECT_GT(mean(with), mean(json.at("with")) - 0.1);
}

TEST(Supervision, RowsOfUnknownCategoryJoinTheirNeighbors) {
  const RowMatrix rows = tests::clusteredRows(240, 6, 4, 0.4);
  UmapOptions options;
  options.metric = Metric::Euclidean;
  std::vector<std::int32_t> truth;
  for (std::int32_t row = 0; row < 240; ++row) {
    truth.push_back(row % 4);
    options.categories.push_back(row % 3 == 0 ? kUnknownCategory : row % 4);
  }
  EXPECT_GT(silhouette(pictureOf(rows, options), truth), 0.5);
}

TEST(Supervision, WholeWeightMayLeaveARowAlone) {
  const auto json = reference("umap_supervised");
  const SymmetricEdges before = edgesOf(json.at("before"), 50);
  std::vector<std::int32_t> categories(50, 0);
  categories[3] = 1;
  const SymmetricEdges after = supervised(before, categories, 1).value();
  EXPECT_EQ(after.begins[3], after.begins[4]);
  UmapOptions options;
  options.categories = categories;
  options.targetWeight = 1;
  options.epochs = 10;
  EXPECT_TRUE(pictureOf(tests::clusteredRows(50, 4, 3), options).allFinite());
}

TEST(Supervision, ThreadCountsGiveEqualBits) {
  const RowMatrix rows = tests::clusteredRows(2100, 6, 12);  // more than one block of rows
  UmapOptions options;
  options.epochs = 5;
  for (std::int32_t row = 0; row < 2100; ++row) {
    options.categories.push_back(row % 5 - 1);
  }
  base::setThreadCount(1);
  const RowMatrix once = pictureOf(rows, options);
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(pictureOf(rows, options), once);
  }
  base::setThreadCount(0);
  options.targetWeight = 0.9;
  EXPECT_NE(pictureOf(rows, options), once);
}

TEST(Supervision, StopsAndRefusesWhatDoesNotFit) {
  const RowMatrix rows = tests::clusteredRows(30, 3, 2);
  std::stop_source stop;
  stop.request_stop();
  const std::vector<std::int32_t> categories(50, 0);
  EXPECT_FALSE(supervised(edgesOf(reference("umap_supervised").at("before"), 50), categories, 0.5,
                          base::TaskContext(stop.get_token(), {})));
  UmapOptions options;
  options.categories.assign(29, 0);
  EXPECT_THROW(Umap::begin(rows, options), base::Error);
  options.categories.assign(30, 0);
  for (const double weight : {-0.1, 1.1, std::nan("")}) {
    options.targetWeight = weight;
    EXPECT_THROW(Umap::begin(rows, options), base::Error);
  }
}

}  // namespace
}  // namespace embedscope::projection
