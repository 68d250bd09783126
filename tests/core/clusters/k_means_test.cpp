// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/k_means.h"

#include "core/base/error.h"
#include "core/clusters/k_means_start.h"
#include "tests/core/clusters/clusters_reference.h"
#include "tests/support/clustered_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stop_token>

namespace embedscope::clusters {
namespace {

using neighbors::Metric;
using testing::Each;
using testing::ElementsAre;

KMeansResult run(const base::RowMatrix& rows, const KMeansOptions& options) {
  return kMeans(rows, options).value();
}

/// The squared distance of each row to each centre, in double.
Eigen::MatrixXd squaredDistances(const base::RowMatrix& rows, const base::RowMatrix& centers) {
  Eigen::MatrixXd out(rows.rows(), centers.rows());
  for (Eigen::Index i = 0; i < rows.rows(); ++i) {
    for (Eigen::Index j = 0; j < centers.rows(); ++j) {
      out(i, j) = (rows.row(i).cast<double>() - centers.row(j).cast<double>()).squaredNorm();
    }
  }
  return out;
}

/// Every row is at its nearest centre, every centre the mean of its rows, the inertia their sum.
void expectFixedPoint(const base::RowMatrix& rows, const KMeansResult& result) {
  EXPECT_TRUE(result.rests);
  const Eigen::MatrixXd squared = squaredDistances(rows, result.centers);
  double inertia = 0;
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    const std::int32_t own = result.clustering.clusters[static_cast<std::size_t>(row)];
    inertia += squared(row, own);
    EXPECT_LE(squared(row, own), squared.row(row).minCoeff() * (1 + 1e-5)) << row;
  }
  EXPECT_NEAR(result.inertia, inertia, 1e-9 * inertia);
  EXPECT_TRUE(result.centers.isApprox(centersOf(rows, result.clustering)));
}

TEST(KMeans, EndsAtAFixedPointWhenNothingIsTolerated) {
  const base::RowMatrix rows = tests::clusteredRows(3'000, 12, 9);
  for (const Eigen::Index k : {1, 2, 9, 40}) {
    KMeansOptions options{.clusters = k};
    options.tolerance = 0;
    const KMeansResult result = run(rows, options);
    EXPECT_EQ(result.clustering.count(), k);
    expectFixedPoint(rows, result);
  }
}

TEST(KMeans, ReachesWhatScikitLearnReaches) {
  for (const char* name : {"moons", "blobs"}) {
    const nlohmann::json& table = reference().at(name);
    const base::RowMatrix rows = rowsOf(table);
    for (const nlohmann::json& known : table.at("kMeans")) {
      KMeansOptions options{.clusters = known.at("k").get<Eigen::Index>()};
      double sum = 0;
      for (options.seed = 1; options.seed <= 50; ++options.seed) {
        sum += run(rows, options).inertia;
      }
      // Means of fifty runs each; single ones differ by 5 to 12 %.
      EXPECT_LE(sum / 50, known.at("mean").get<double>() * 1.03) << name << " " << options.clusters;
      options.seed = 1;
      options.restarts = 50;
      EXPECT_LE(run(rows, options).inertia, known.at("least").get<double>() * 1.01)
          << name << " " << options.clusters;
    }
  }
}

TEST(KMeans, StartsAsWellAsScikitLearn) {
  for (const char* name : {"moons", "blobs"}) {
    const nlohmann::json& table = reference().at(name);
    const base::RowMatrix rows = rowsOf(table);
    const neighbors::GraphRows prepared(rows, Metric::Euclidean);
    for (const nlohmann::json& known : table.at("kMeans")) {
      double sum = 0;
      for (std::uint64_t seed = 0; seed < 50; ++seed) {
        base::RandomStream random(seed, 0);
        const auto chosen = kMeansStart(prepared, known.at("k").get<Eigen::Index>(), random, {});
        base::RowMatrix centers(static_cast<Eigen::Index>(chosen->size()), rows.cols());
        for (std::size_t i = 0; i < chosen->size(); ++i) {
          centers.row(static_cast<Eigen::Index>(i)) = rows.row((*chosen)[i]);
        }
        sum += squaredDistances(rows, centers).rowwise().minCoeff().sum();
      }
      EXPECT_NEAR(sum / 50, known.at("startMean").get<double>(),
                  0.12 * known.at("startMean").get<double>())
          << name << " " << known.at("k");
    }
  }
}

TEST(KMeans, FindsClustersThatLieApart) {
  const base::RowMatrix rows = tests::clusteredRows(2'000, 16, 20, 0.05);
  for (const Metric metric : {Metric::Euclidean, Metric::Cosine}) {
    KMeansOptions options{.clusters = 20, .metric = metric, .restarts = 5};
    const KMeansResult result = run(rows, options);
    ASSERT_EQ(result.clustering.count(), 20);
    EXPECT_THAT(result.clustering.sizes, Each(100));
    for (std::size_t row = 20; row < result.clustering.clusters.size(); ++row) {
      EXPECT_EQ(result.clustering.clusters[row], result.clustering.clusters[row % 20]);
    }
  }
}

TEST(KMeans, OfDirectionsForgetsLengths) {
  base::RowMatrix rows = tests::clusteredRows(900, 8, 6, 0.3);
  KMeansOptions options{.clusters = 6, .metric = Metric::Cosine};
  options.tolerance = 0;
  const KMeansResult result = run(rows, options);
  double inertia = 0;
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    const Eigen::RowVectorXd unit = rows.row(row).cast<double>().normalized();
    const Eigen::VectorXd cosines = result.centers.cast<double>() * unit.transpose();
    const std::int32_t own = result.clustering.clusters[static_cast<std::size_t>(row)];
    EXPECT_GE(cosines(own), cosines.maxCoeff() - 1e-5);
    inertia += 1 - cosines(own);
  }
  EXPECT_NEAR(result.inertia, inertia, 1e-4 * inertia);
  EXPECT_LT((result.centers.rowwise().norm().array() - 1).abs().maxCoeff(), 1e-6F);
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    rows.row(row) *= 1 << (row % 5);
  }
  EXPECT_EQ(run(rows, options).clustering.clusters, result.clustering.clusters);
}

TEST(KMeans, GivesTheSameBitsForAnyNumberOfThreads) {
  const base::RowMatrix rows = tests::clusteredRows(5'000, 40, 30);
  for (const Metric metric : {Metric::Euclidean, Metric::Cosine}) {
    KMeansOptions options{.clusters = 25, .metric = metric, .restarts = 2};
    const auto results = withThreads([&] { return run(rows, options); });
    for (const KMeansResult& result : results) {
      EXPECT_EQ(result.clustering.clusters, results[0].clustering.clusters);
      EXPECT_EQ(result.centers, results[0].centers);
      EXPECT_EQ(result.inertia, results[0].inertia);
      EXPECT_EQ(result.iterations, results[0].iterations);
    }
    options.seed = 2;
    EXPECT_NE(run(rows, options).centers, results[0].centers);
  }
}

TEST(KMeans, MakesFewerClustersWhereFewerRowsDiffer) {
  base::RowMatrix rows(6, 2);
  rows << 0.1F, 7, 0.1F, 7, 0.3F, 7, 0.1F, 7, 0.3F, 7, 9, 9;
  const KMeansResult result = run(rows, {.clusters = 5});
  EXPECT_THAT(result.clustering.clusters, ElementsAre(0, 0, 1, 0, 1, 2));
  EXPECT_NEAR(result.inertia, 0, 1e-12);
  const KMeansResult one = run(base::RowMatrix::Constant(4, 3, 2.5F), {.clusters = 4});
  EXPECT_EQ(one.clustering.count(), 1);
  const KMeansResult zeros =
      run(base::RowMatrix::Zero(4, 3), {.clusters = 2, .metric = Metric::Cosine});
  EXPECT_EQ(zeros.clustering.count(), 1);
  EXPECT_TRUE(zeros.centers.isZero(0));
  EXPECT_DOUBLE_EQ(zeros.inertia, 4) << "cosine 0 with everything";
}

TEST(KMeans, StaysFiniteWhereDirectionsCancelEachOtherOut) {
  base::RowMatrix rows(3, 2);
  rows << 1, 0, -1, 0, 0, 0;
  const KMeansResult result = run(rows, {.clusters = 1, .metric = Metric::Cosine, .restarts = 2});
  EXPECT_TRUE(result.centers.isZero(0));
  EXPECT_NEAR(result.inertia, 2, 1e-12);
}

TEST(KMeans, GivesEachRowAClusterOfItsOwnWhenAsked) {
  const base::RowMatrix rows = tests::clusteredRows(50, 3, 4);
  const KMeansResult result = run(rows, {.clusters = 50});
  EXPECT_EQ(result.clustering.count(), 50);
  EXPECT_NEAR(result.inertia, 0, 1e-9);
}

TEST(KMeans, StaysFiniteWithHugeAndTinyNumbers) {
  for (const float scale : {1e-30F, 1e30F}) {
    const base::RowMatrix rows = tests::clusteredRows(200, 4, 3, 0.05) * scale;
    const KMeansResult result = run(rows, {.clusters = 3, .restarts = 3});
    EXPECT_EQ(result.clustering.count(), 3);
    EXPECT_TRUE(result.centers.allFinite());
  }
}

TEST(KMeans, RefusesWhatCannotBe) {
  const base::RowMatrix rows = tests::clusteredRows(10, 2, 2);
  EXPECT_THROW(run(rows, {.clusters = 0}), base::Error);
  EXPECT_THROW(run(rows, {.clusters = 11}), base::Error);
  EXPECT_THROW(run(rows, {.clusters = 2, .metric = Metric::Dot}), base::Error);
  EXPECT_THROW(run(rows, {.clusters = 2, .restarts = 0}), base::Error);
  EXPECT_THROW(run(base::RowMatrix(0, 2), {.clusters = 1}), base::Error);
  EXPECT_THROW(run(base::RowMatrix(3, 0), {.clusters = 1}), base::Error);
  base::RowMatrix broken = rows;
  broken(3, 1) = std::numeric_limits<float>::infinity();
  EXPECT_THROW(run(broken, {.clusters = 2}), base::Error);
}

TEST(KMeans, GivesNothingWhenStoppedAndTellsHowFarItIs) {
  const base::RowMatrix rows = tests::clusteredRows(3'000, 10, 5);
  std::stop_source stop;
  double last = 0;
  const base::TaskContext context(stop.get_token(), [&](double fraction) {
    EXPECT_GE(fraction, last);
    last = fraction;
  });
  EXPECT_TRUE(kMeans(rows, {.clusters = 10}, context).has_value());
  EXPECT_EQ(last, 1);
  for (const double limit : {0.0, 0.1, 0.35}) {
    std::stop_source early;
    const base::TaskContext stopping(early.get_token(), [&](double fraction) {
      if (fraction >= limit) {
        early.request_stop();
      }
    });
    EXPECT_FALSE(kMeans(rows, {.clusters = 10}, stopping).has_value());
  }
}

}  // namespace
}  // namespace embedscope::clusters
