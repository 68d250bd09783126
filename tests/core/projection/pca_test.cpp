// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/pca.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <limits>
#include <stop_token>
#include <string>

namespace embedscope::projection {
namespace {

using base::RowMatrix;

RowMatrix randomRows(Eigen::Index n, Eigen::Index d) {
  base::RandomStream random(1, 7);
  RowMatrix rows(n, d);
  for (Eigen::Index row = 0; row < n; ++row) {
    for (Eigen::Index j = 0; j < d; ++j) {
      rows(row, j) = static_cast<float>(random.normal() * static_cast<double>(j + 1));
    }
  }
  return rows;
}

TEST(Pca, AgreesWithScikitLearn) {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/projection/pca.json");
  const auto reference = nlohmann::json::parse(in);
  for (const auto& expected : reference.at("cases")) {
    const std::string name = expected.at("name");
    const auto& lines = expected.at("rows");
    RowMatrix rows(static_cast<Eigen::Index>(lines.size()),
                   static_cast<Eigen::Index>(lines[0].size()));
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
      for (Eigen::Index j = 0; j < rows.cols(); ++j) {
        rows(i, j) = lines[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      }
    }
    const auto k = static_cast<Eigen::Index>(expected.at("components").size());
    const PcaModel model = fitPca(rows, k).value();
    ASSERT_EQ(model.components.rows(), rows.cols());
    ASSERT_EQ(model.components.cols(), k);
    const double total = expected.at("total");
    EXPECT_NEAR(model.totalVariance, total, 1e-9 * total) << name;
    for (Eigen::Index c = 0; c < k; ++c) {
      const auto component = expected.at("components")[static_cast<std::size_t>(c)];
      const double variance = expected.at("variance")[static_cast<std::size_t>(c)];
      EXPECT_NEAR(model.variance(c), variance, 1e-9 * total) << name;
      double product = 0;
      for (Eigen::Index j = 0; j < rows.cols(); ++j) {
        product += model.components(j, c) * component[static_cast<std::size_t>(j)].get<double>();
      }
      EXPECT_NEAR(std::abs(product), 1, 1e-9) << name << ", component " << c;
    }
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
      EXPECT_NEAR(model.mean(j), expected.at("mean")[static_cast<std::size_t>(j)].get<double>(),
                  1e-9);
    }
  }
}

TEST(Pca, LargestEntryOfEveryComponentIsPositive) {
  const PcaModel model = fitPca(randomRows(300, 6), 6).value();
  for (Eigen::Index c = 0; c < 6; ++c) {
    Eigen::Index largest = 0;
    model.components.col(c).cwiseAbs().maxCoeff(&largest);
    EXPECT_GT(model.components(largest, c), 0);
  }
  EXPECT_LT((model.components.transpose() * model.components - Eigen::MatrixXd::Identity(6, 6))
                .cwiseAbs()
                .maxCoeff(),
            1e-12);
  // On a diagonal both entries are equal but for rounding: the first must win.
  RowMatrix diagonal(3, 2);
  diagonal << 1, -1, -2, 2, 5, -5;
  EXPECT_GT(fitPca(diagonal, 1).value().components(0, 0), 0);
}

TEST(Pca, ThreadCountsGiveEqualBits) {
  const RowMatrix rows = randomRows(20'000, 12);
  base::setThreadCount(1);
  const PcaModel one = fitPca(rows, 3).value();
  const RowMatrix points = one.project(rows);
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    const PcaModel many = fitPca(rows, 3).value();
    EXPECT_EQ(many.components, one.components);
    EXPECT_EQ(many.variance, one.variance);
    EXPECT_EQ(many.mean, one.mean);
    EXPECT_EQ(many.project(rows), points);
  }
  base::setThreadCount(0);
}

TEST(Pca, ProjectionIsCentredAndCarriesTheVariance) {
  const RowMatrix rows = randomRows(5000, 4);
  const PcaModel model = fitPca(rows, 2).value();
  const RowMatrix points = model.project(rows);
  ASSERT_EQ(points.rows(), 5000);
  ASSERT_EQ(points.cols(), 2);
  for (Eigen::Index c = 0; c < 2; ++c) {
    const Eigen::VectorXd x = points.col(c).cast<double>();
    EXPECT_NEAR(x.mean(), 0, 1e-5);
    EXPECT_NEAR(x.squaredNorm() / 4999, model.variance(c), 1e-4 * model.variance(c));
  }
}

TEST(Pca, TellsTheVarianceOfEveryComponent) {
  const RowMatrix rows = randomRows(400, 7);
  const PcaModel few = fitPca(rows, 2).value();
  const PcaModel all = fitPca(rows, 7).value();
  ASSERT_EQ(few.variance.size(), 7);
  EXPECT_EQ(few.components.cols(), 2);
  EXPECT_EQ(few.variance, all.variance);
  EXPECT_NEAR(few.variance.sum(), few.totalVariance, 1e-12 * few.totalVariance);
  for (Eigen::Index c = 1; c < 7; ++c) {
    EXPECT_GE(few.variance(c - 1), few.variance(c));
  }
}

TEST(Pca, RowsThatAreNotFiniteAreLeftOut) {
  const RowMatrix rows = randomRows(50, 3);
  RowMatrix more(52, 3);
  more << rows.topRows(10), RowMatrix::Constant(1, 3, std::numeric_limits<float>::quiet_NaN()),
      rows.bottomRows(40), RowMatrix::Constant(1, 3, std::numeric_limits<float>::infinity());
  const PcaModel expected = fitPca(rows, 2).value();
  const PcaModel model = fitPca(more, 2).value();
  EXPECT_LT((model.components - expected.components).norm(), 1e-12);
  EXPECT_LT((model.variance - expected.variance).norm(), 1e-10);
}

TEST(Pca, SmallestInputs) {
  const PcaModel one = fitPca(RowMatrix::Constant(1, 3, 2.0F), 2).value();
  EXPECT_EQ(one.totalVariance, 0);
  EXPECT_EQ(one.project(RowMatrix::Constant(1, 3, 2.0F)), RowMatrix::Zero(1, 2));
  EXPECT_EQ(fitPca(randomRows(5, 1), 2).value().components.cols(), 1);
  const RowMatrix broken = RowMatrix::Constant(2, 2, std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(fitPca(broken, 2).value().totalVariance, 0);
}

TEST(Pca, RefusesWhatHasNoAnswerAndStops) {
  EXPECT_THROW(fitPca(RowMatrix(0, 3), 1), base::Error);
  EXPECT_THROW(fitPca(RowMatrix(3, 0), 1), base::Error);
  EXPECT_THROW(fitPca(randomRows(3, 3), 0), base::Error);
  EXPECT_THROW(fitPca(randomRows(3, 3), 1).value().project(randomRows(3, 2)), base::Error);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(fitPca(randomRows(3, 3), 1, base::TaskContext(stop.get_token(), {})));
}

}  // namespace
}  // namespace embedscope::projection
