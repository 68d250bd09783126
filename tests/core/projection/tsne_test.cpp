// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/tsne.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/projection/affinities.h"
#include "core/projection/component_start.h"
#include "core/projection/faithfulness.h"
#include "tests/core/projection/reference.h"
#include "tests/support/clustered_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <stop_token>
#include <utility>
#include <vector>

namespace embedscope::projection {
namespace {

using base::RowMatrix;
using neighbors::Metric;

/// What scikit-learn gave (tests/reference/projection/make_tsne.py).
nlohmann::json tsneReference() {
  return reference("tsne");
}

TsneOptions quickOptions() {
  TsneOptions options;
  options.perplexity = 5;
  options.iterations = 30;
  options.exaggeratedIterations = 10;
  options.seed = 4;
  return options;
}

RowMatrix mapOf(const RowMatrix& rows, const TsneOptions& options) {
  Tsne tsne = Tsne::begin(rows, options).value();
  EXPECT_TRUE(tsne.advance(options.iterations));
  EXPECT_TRUE(tsne.isDone());
  return tsne.points();
}

std::map<std::pair<std::int32_t, std::int32_t>, double> weightsOf(const SymmetricEdges& edges) {
  std::map<std::pair<std::int32_t, std::int32_t>, double> weights;
  for (std::size_t row = 0; row + 1 < edges.begins.size(); ++row) {
    for (std::size_t edge = edges.begins[row]; edge < edges.begins[row + 1]; ++edge) {
      weights[{static_cast<std::int32_t>(row), edges.others[edge]}] =
          static_cast<double>(edges.weights[edge]);
    }
  }
  return weights;
}

SymmetricEdges affinitiesOf(const RowMatrix& rows, double perplexity) {
  const auto graph =
      neighbors::neighborGraph(
          rows, {.k = perplexityNeighbors(perplexity, rows.rows()), .metric = Metric::Euclidean})
          .value();
  return affinities(graph, Metric::Euclidean, perplexity).value();
}

TEST(Affinities, AgreeWithScikitLearn) {
  const auto json = tsneReference();
  const RowMatrix rows = matrixOf(json.at("rows"));
  const auto weights = weightsOf(affinitiesOf(rows, json.at("perplexity")));
  EXPECT_EQ(weights.size(), 2 * json.at("affinities").size());
  double sum = 0;
  for (const auto& [ends, weight] : weights) {
    sum += weight;
    EXPECT_EQ(weight, weights.at({ends.second, ends.first}));
  }
  EXPECT_NEAR(sum, static_cast<double>(rows.rows()), 1e-4);
  for (const auto& expected : json.at("affinities")) {
    const double weight = weights.at({expected[0].get<std::int32_t>(), expected[1]});
    // scikit-learn ends its search where the entropy agrees to 10⁻⁵.
    EXPECT_NEAR(weight / static_cast<double>(rows.rows()), expected[2].get<double>(), 2e-7);
  }
}

TEST(Affinities, SharesHaveTheEntropyOfThePerplexity) {
  const std::vector<float> squares{1, 1.5F, 2, 4, 7, 9, 9, 30, 1000};
  std::vector<float> shares(squares.size());
  perplexityShares(squares, 4, shares);
  double sum = 0;
  double entropy = 0;
  for (const float share : shares) {
    sum += static_cast<double>(share);
    entropy -= share > 0 ? static_cast<double>(share * std::log(share)) : 0.0;
  }
  EXPECT_NEAR(sum, 1, 1e-6);
  EXPECT_NEAR(std::exp(entropy), 4, 1e-5);
}

TEST(Affinities, EqualDistancesGetEqualParts) {
  std::vector<float> shares(6);
  perplexityShares(std::vector<float>(6, 2.0F), 3, shares);
  EXPECT_EQ(shares, std::vector<float>(6, 1.0F / 6));
  perplexityShares(std::vector<float>{0, 0, 0, 0, 0, 5}, 3, shares);  // more equals than wanted
  EXPECT_NEAR(shares[4], 0.2F, 1e-6F);
  EXPECT_NEAR(shares[5], 0, 1e-6F);
}

TEST(TsneStart, HasTheDeviationOfScikitLearn) {
  const RowMatrix rows = tests::clusteredRows(200, 6, 4);
  const RowMatrix start = tsneStart(rows, 2, 1).value();
  EXPECT_NEAR(std::sqrt(start.col(0).squaredNorm() / 200), 1e-4F, 1e-7F);
  EXPECT_LT(start.col(1).norm(), start.col(0).norm());
  const RowMatrix equal = tsneStart(RowMatrix::Ones(20, 3), 2, 1).value();
  EXPECT_GT((equal.row(0) - equal.row(1)).norm(), 0);
}

TEST(TsneLayout, FirstStepFollowsTheGradientOfScikitLearn) {
  const auto json = tsneReference();
  const RowMatrix points = matrixOf(json.at("points"));
  const RowMatrix gradient = matrixOf(json.at("exactGradient"));
  std::vector<std::map<std::int32_t, float>> rows(60);
  for (const auto& one : json.at("exactAffinities")) {
    const auto i = one[0].get<std::int32_t>();
    const auto j = one[1].get<std::int32_t>();
    rows[static_cast<std::size_t>(i)][j] = 60 * one[2].get<float>();
    rows[static_cast<std::size_t>(j)][i] = 60 * one[2].get<float>();
  }
  SymmetricEdges edges;
  edges.begins.push_back(0);
  for (const auto& row : rows) {
    for (const auto& [other, weight] : row) {
      edges.others.push_back(other);
      edges.weights.push_back(weight);
    }
    edges.begins.push_back(edges.others.size());
  }
  TsneLayout layout(edges, points, {.exaggeratedIterations = 0, .learningRate = 50});
  EXPECT_NEAR(layout.divergence().value(), json.at("exactDivergence").get<double>(), 1e-4);
  ASSERT_TRUE(layout.advance(1));
  // The first gain is 0.8; then the picture is centred as it was before.
  const RowMatrix moved = layout.points() - points;
  const Eigen::RowVectorXf centre = points.colwise().mean();
  const RowMatrix expected = (-0.8F * 50 * gradient).rowwise() - centre;
  EXPECT_LT((moved - expected).norm(), 1e-4F * expected.norm());
}

TEST(TsneLayout, DivergenceIsThatOfScikitLearn) {
  const auto json = tsneReference();
  const RowMatrix rows = matrixOf(json.at("rows"));
  const TsneLayout layout(affinitiesOf(rows, json.at("perplexity")), matrixOf(json.at("points")),
                          {});
  EXPECT_NEAR(layout.divergence().value(), json.at("pointsDivergence").get<double>(), 1e-4);
}

TEST(Tsne, IsAsGoodAsScikitLearn) {
  const auto quality = tsneReference().at("quality");
  const RowMatrix rows = matrixOf(quality.at("rows"));
  TsneOptions options;
  options.metric = Metric::Euclidean;
  Tsne tsne = Tsne::begin(rows, options).value();
  ASSERT_TRUE(tsne.advance(1000));
  EXPECT_LE(tsne.divergence().value(), mean(quality.at("divergence")) + 0.003);
  const auto measured =
      faithfulness(rows, tsne.points(), {.k = quality.at("k"), .metric = Metric::Euclidean});
  EXPECT_GE(measured->trustworthiness, mean(quality.at("trustworthiness")) - 0.003);
  EXPECT_GE(measured->neighborsKept, mean(quality.at("kept")) - 0.01);
}

/// The grid in place of all pairs leads to a picture of the same quality.
TEST(Tsne, GridIsAsGoodAsAllPairs) {
  const RowMatrix rows = matrixOf(tsneReference().at("quality").at("rows"));
  const RowMatrix start = tsneStart(rows, 2, 1).value();
  TsneLayout exact(affinitiesOf(rows, 30), start, {.iterations = 500});
  TsneLayout grid(affinitiesOf(rows, 30), start, {.iterations = 500, .exactUpTo = 0});
  ASSERT_TRUE(exact.advance(500));
  ASSERT_TRUE(grid.advance(500));
  EXPECT_NEAR(grid.divergence().value(), exact.divergence().value(), 0.01);
}

TEST(Tsne, ThreadCountsAndCallsGiveEqualBits) {
  const RowMatrix rows = tests::clusteredRows(1100, 6, 12);  // more than all pairs are taken for
  for (const Eigen::Index dims : {2, 3}) {
    TsneOptions options = quickOptions();
    options.dims = dims;
    options.exactUpTo = dims == 2 ? 20'000 : 0;
    base::setThreadCount(1);
    const RowMatrix once = mapOf(rows, options);
    EXPECT_EQ(once.cols(), dims);
    EXPECT_TRUE(once.allFinite());
    for (const int threads : {2, 7}) {
      base::setThreadCount(threads);
      Tsne tsne = Tsne::begin(rows, options).value();
      EXPECT_TRUE(tsne.advance(7));
      EXPECT_EQ(tsne.iteration(), 7);
      EXPECT_TRUE(tsne.advance(0));
      EXPECT_TRUE(tsne.divergence().has_value());
      EXPECT_TRUE(tsne.advance(1000));
      EXPECT_TRUE(tsne.isDone());
      EXPECT_EQ(tsne.points(), once);
    }
    base::setThreadCount(0);
    options.seed = 5;
    EXPECT_NE(mapOf(rows, options), once);
  }
}

TEST(Tsne, StopsBetweenIterationsAndGoesOnWithTheSameBits) {
  const RowMatrix rows = tests::clusteredRows(400, 5, 4);
  const RowMatrix whole = mapOf(rows, quickOptions());
  Tsne tsne = Tsne::begin(rows, quickOptions()).value();
  std::stop_source stop;
  const base::TaskContext context(stop.get_token(), [&](double fraction) {
    if (fraction >= 0.5) {
      stop.request_stop();
    }
  });
  EXPECT_FALSE(tsne.advance(30, context));
  EXPECT_EQ(tsne.iteration(), 15);
  EXPECT_FALSE(tsne.divergence(context));
  EXPECT_TRUE(tsne.advance(30));
  EXPECT_EQ(tsne.points(), whole);
  EXPECT_FALSE(Tsne::begin(rows, quickOptions(), base::TaskContext(stop.get_token(), {})));
}

TEST(Tsne, CosineLaysOutDirections) {
  RowMatrix rows = tests::clusteredRows(120, 5, 4);
  TsneOptions options = quickOptions();
  const RowMatrix directions = rows.rowwise().normalized();
  const RowMatrix byCosine = mapOf(rows, options);
  options.metric = Metric::Euclidean;
  options.iterations = 1;
  TsneOptions cosine = options;
  cosine.metric = Metric::Cosine;
  // Chaos parts the two later on; what they start from and their affinities are alike.
  EXPECT_LT((mapOf(rows, cosine) - mapOf(directions, options)).norm(),
            1e-3F * mapOf(rows, cosine).norm());
  EXPECT_TRUE(byCosine.allFinite());
}

TEST(Tsne, SmallestAndOddTables) {
  EXPECT_EQ(possiblePerplexity(30, 31), 10);
  EXPECT_EQ(perplexityNeighbors(30, 31), 30);
  EXPECT_EQ(perplexityNeighbors(30, 1000), 90);
  EXPECT_EQ(perplexityNeighbors(30, 3), 2);
  EXPECT_TRUE(mapOf(tests::clusteredRows(3, 2, 1), quickOptions()).allFinite());
  EXPECT_TRUE(mapOf(RowMatrix::Ones(30, 4), quickOptions()).allFinite());
  EXPECT_TRUE(mapOf(RowMatrix::Zero(30, 4), quickOptions()).allFinite());
  EXPECT_TRUE(mapOf(tests::clusteredRows(40, 1, 3), quickOptions()).allFinite());
  TsneOptions wild = quickOptions();
  wild.learningRate = 1e6;
  EXPECT_TRUE(mapOf(tests::clusteredRows(1200, 3, 3), wild).allFinite());
  wild.learningRate = 1e38;
  wild.exaggeration = 1e38;
  EXPECT_TRUE(mapOf(tests::clusteredRows(1200, 3, 3), wild).allFinite());
}

TEST(Tsne, RefusesWhatDoesNotFit) {
  const RowMatrix rows = tests::clusteredRows(20, 3, 2);
  const auto refuses = [&](const auto& change) {
    TsneOptions options;
    change(options);
    EXPECT_THROW(Tsne::begin(rows, options), base::Error);
  };
  refuses([](TsneOptions& options) { options.dims = 4; });
  refuses([](TsneOptions& options) { options.perplexity = 0.5; });
  refuses([](TsneOptions& options) { options.perplexity = std::nan(""); });
  refuses([](TsneOptions& options) { options.iterations = 0; });
  refuses([](TsneOptions& options) { options.exaggeratedIterations = -1; });
  refuses([](TsneOptions& options) { options.exaggeration = 0.5; });
  refuses([](TsneOptions& options) { options.learningRate = -1; });
  refuses([](TsneOptions& options) { options.learningRate = 1e39; });
  refuses([](TsneOptions& options) { options.exaggeration = 1e39; });
  refuses([](TsneOptions& options) { options.metric = Metric::Manhattan; });
  EXPECT_THROW(Tsne::begin(rows.topRows(2), {}), base::Error);
}

}  // namespace
}  // namespace embedscope::projection
