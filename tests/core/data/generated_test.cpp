// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/generated.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/dataset.h"

#include <gtest/gtest.h>
#include <Eigen/Dense>

#include <cmath>
#include <map>
#include <numbers>
#include <string>

namespace embedscope::data {
namespace {

double number(const DataTable& table, std::int64_t row, const char* column) {
  return base::parseDouble(table.cell(row, table.findColumn(column).value())).value();
}

std::string allText(const DataTable& table) {
  std::string text;
  for (std::int64_t row = 0; row < table.rowCount(); ++row) {
    for (std::int64_t column = 0; column < table.columnCount(); ++column) {
      text += std::string(table.cell(row, column)) + ",";
    }
  }
  return text;
}

TEST(Generated, EveryKindMakesADatasetAndRepeatsItself) {
  for (const GeneratedInfo& info : generatedKinds()) {
    GeneratedSpec spec;
    spec.kind = info.kind;
    spec.rowsPerCategory = 20;
    const DataTablePtr table = generate(spec);
    ASSERT_TRUE(table->findColumn(info.target)) << info.name;
    EXPECT_EQ(summarize(*table, *table->findColumn(info.target)).kind, ColumnKind::Number);
    EXPECT_NO_THROW(
        makeDataset(*table, {std::string(info.target), {{table->columnName(0), {}}}, {}}));
    EXPECT_EQ(allText(*table), allText(*generate(spec)));
    spec.seed = 2;
    EXPECT_NE(allText(*table), allText(*generate(spec)));
  }
}

TEST(Generated, TwoValuesAreTheirMeansWithoutNoise) {
  GeneratedSpec spec;
  spec.kind = GeneratedKind::TwoValues;
  spec.noise = 0;
  const DataTablePtr table = generate(spec);
  ASSERT_EQ(table->rowCount(), 200);
  for (std::int64_t row = 0; row < table->rowCount(); ++row) {
    EXPECT_EQ(number(*table, row, "value"), table->cell(row, 0) == "on" ? 3.0 : 1.0);
  }
}

TEST(Generated, NoiseHasTheSpreadThatWasAskedFor) {
  GeneratedSpec spec;
  spec.kind = GeneratedKind::TwoValues;
  spec.rowsPerCategory = 20000;
  spec.noise = 0.5;
  const DataTablePtr table = generate(spec);
  double sum = 0;
  for (std::int64_t row = 0; row < table->rowCount(); ++row) {
    const double residual = number(*table, row, "value") - (table->cell(row, 0) == "on" ? 3 : 1);
    sum += residual * residual;
  }
  EXPECT_NEAR(std::sqrt(sum / static_cast<double>(table->rowCount())), 0.5, 0.01);
}

TEST(Generated, MonthsLieOnACircle) {
  GeneratedSpec spec;
  spec.noise = 0;
  spec.rowsPerCategory = 5;
  const DataTablePtr table = generate(spec);
  std::map<std::string, std::int64_t> months;
  for (std::int64_t row = 0; row < table->rowCount(); ++row) {
    months.emplace(table->cell(row, 0), row % 12);
    const double angle = 2 * std::numbers::pi * static_cast<double>(row % 12 - 6) / 12;
    EXPECT_NEAR(number(*table, row, "temperature"),
                12 + 8 * (number(*table, row, "north") * std::cos(angle) +
                          number(*table, row, "coast") * std::sin(angle)),
                2e-5);
  }
  EXPECT_EQ(months.size(), 12U);
  EXPECT_EQ(months.at("Jan"), 0);
  EXPECT_EQ(months.at("Dec"), 11);
}

/// Least squares for each product alone gives back its hidden vector; together they span `rank`
/// dimensions and no more.
TEST(Generated, LatentFactorsHaveTheRankTheyClaim) {
  GeneratedSpec spec;
  spec.kind = GeneratedKind::LatentFactors;
  spec.categories = 8;
  spec.rowsPerCategory = 40;
  spec.latentRank = 3;
  spec.noise = 0;
  const DataTablePtr table = generate(spec);
  EXPECT_EQ(table->columnCount(), 5);
  EXPECT_EQ(table->cell(0, 0), "p001");
  Eigen::MatrixXd factors(8, 3);
  for (Eigen::Index product = 0; product < 8; ++product) {
    Eigen::MatrixXd inputs(40, 3);
    Eigen::VectorXd target(40);
    for (Eigen::Index i = 0; i < 40; ++i) {
      const std::int64_t row = i * 8 + product;
      inputs.row(i) << number(*table, row, "x1"), number(*table, row, "x2"),
          number(*table, row, "x3");
      target(i) = number(*table, row, "sales");
    }
    factors.row(product) = inputs.colPivHouseholderQr().solve(target).transpose();
    EXPECT_LT((inputs * factors.row(product).transpose() - target).norm(), 1e-4);
  }
  const Eigen::VectorXd singular = factors.jacobiSvd().singularValues();
  EXPECT_GT(singular(2), 0.1 * singular(0));
}

TEST(Generated, GridHasRankTwoAndSingleFeaturesAreNotEnough) {
  GeneratedSpec spec;
  spec.kind = GeneratedKind::Grid;
  spec.categories = 6;
  spec.rowsPerCategory = 300;
  spec.noise = 0;
  const DataTablePtr table = generate(spec);
  Eigen::MatrixXd grid = Eigen::MatrixXd::Constant(6, 6, std::nan(""));
  for (std::int64_t row = 0; row < table->rowCount(); ++row) {
    const auto at = [&](std::int64_t column) {
      return base::parseInteger(table->cell(row, column).substr(1)).value() - 1;
    };
    grid(at(0), at(1)) = number(*table, row, "height");
  }
  ASSERT_TRUE(grid.allFinite());
  const Eigen::VectorXd singular = grid.jacobiSvd().singularValues();
  EXPECT_GT(singular(1), 1);
  EXPECT_LT(singular(2), 1e-5);
}

/// Levels and tastes are a matrix of users × items whose rank, after the mean of every row and
/// column is taken away, is that of the hidden vectors.
TEST(Generated, RatingsHaveTheRankTheyClaim) {
  GeneratedSpec spec = suggestedSpec(GeneratedKind::Ratings);
  spec.categories = 9;
  spec.items = 7;
  spec.rowsPerCategory = 400;
  spec.latentRank = 2;
  spec.noise = 0;
  const DataTablePtr table = generate(spec);
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Constant(9, 7, std::nan(""));
  for (std::int64_t row = 0; row < table->rowCount(); ++row) {
    const auto at = [&](std::int64_t column) {
      return base::parseInteger(table->cell(row, column).substr(1)).value() - 1;
    };
    matrix(at(0), at(1)) = number(*table, row, "rating");
  }
  ASSERT_TRUE(matrix.allFinite());
  matrix.colwise() -= matrix.rowwise().mean().eval();
  matrix.rowwise() -= matrix.colwise().mean().eval();
  const Eigen::VectorXd singular = matrix.jacobiSvd().singularValues();
  EXPECT_GT(singular(1), 0.1);
  EXPECT_LT(singular(2), 1e-5);
}

TEST(Generated, RatingsOfSuggestedSizePreferTheFirstItems) {
  const DataTablePtr table = generate(suggestedSpec(GeneratedKind::Ratings));
  ASSERT_EQ(table->rowCount(), 100000);
  EXPECT_EQ(summarize(*table, 0).distinct, 1000);
  // The first quarter of the places is drawn by uniform numbers below one half.
  double first = 0;
  for (std::int64_t row = 0; row < table->rowCount(); ++row) {
    first += base::parseInteger(table->cell(row, 1).substr(1)).value() <= 425 ? 1 : 0;
  }
  EXPECT_NEAR(first / 100000, 0.5, 5 * std::sqrt(0.25 / 100000));
  EXPECT_GT(summarize(*table, 1).distinct, 1650);
}

TEST(Generated, RefusesNumbersOutOfRange) {
  const auto refuse = [](auto change) {
    GeneratedSpec spec;
    spec.kind = GeneratedKind::LatentFactors;
    change(spec);
    EXPECT_THROW(generate(spec), base::Error);
  };
  refuse([](GeneratedSpec& spec) { spec.categories = 1; });
  refuse([](GeneratedSpec& spec) { spec.rowsPerCategory = 0; });
  refuse([](GeneratedSpec& spec) { spec.latentRank = 0; });
  refuse([](GeneratedSpec& spec) { spec.items = 1; });
  refuse([](GeneratedSpec& spec) {
    spec.categories = 1'000'000;
    spec.rowsPerCategory = 1;
    spec.latentRank = 1000;
  });
  refuse([](GeneratedSpec& spec) { spec.noise = -1; });
  refuse([](GeneratedSpec& spec) { spec.noise = std::nan(""); });
  refuse([](GeneratedSpec& spec) { spec.rowsPerCategory = std::int64_t{1} << 60; });
}

}  // namespace
}  // namespace embedscope::data
