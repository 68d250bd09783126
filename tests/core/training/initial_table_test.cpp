// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/initial_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace embedscope::training {
namespace {

table::Vocabulary numbered(int count) {
  table::Vocabulary labels;
  for (int i = 0; i < count; ++i) {
    labels.append("c" + std::to_string(i));
  }
  return labels;
}

FeatureRecipe feature(Initialization initialization, std::int64_t dimension) {
  FeatureRecipe out;
  out.name = "c";
  out.dimension = dimension;
  out.initialization = initialization;
  return out;
}

TEST(InitialTable, IdentityHasOnesOnTheDiagonal) {
  const auto values = initialTable(feature(Initialization::Identity, 3), numbered(3), 1, 0, 3);
  EXPECT_EQ(values, base::RowMatrix::Identity(3, 3));
}

TEST(InitialTable, UniformStaysWithinHalfOverD) {
  const auto values = initialTable(feature(Initialization::Uniform, 10), numbered(500), 1, 0, 500);
  EXPECT_LE(values.cwiseAbs().maxCoeff(), 0.05F);
  EXPECT_GT(values.cwiseAbs().maxCoeff(), 0.049F);
  EXPECT_NEAR(static_cast<double>(values.mean()), 0, 0.002);
}

TEST(InitialTable, NormalHasMeanZeroAndVarianceOne) {
  const auto values = initialTable(feature(Initialization::Normal, 10), numbered(1000), 1, 0, 1000);
  EXPECT_NEAR(static_cast<double>(values.mean()), 0, 0.05);
  EXPECT_NEAR(static_cast<double>(values.array().square().mean()), 1, 0.06);
}

TEST(InitialTable, PermutedIdentityHasOnesOnTheOtherDiagonal) {
  const FeatureRecipe two = feature(Initialization::PermutedIdentity, 2);
  base::RowMatrix expected(2, 2);
  expected << 0, 1, 1, 0;
  EXPECT_EQ(initialTable(two, numbered(2), 1, 0, 2), expected);

  const auto narrow =
      initialTable(feature(Initialization::PermutedIdentity, 2), numbered(4), 1, 0, 4);
  base::RowMatrix last(4, 2);
  last << 0, 0, 0, 0, 0, 1, 1, 0;
  EXPECT_EQ(narrow, last);

  const auto wide =
      initialTable(feature(Initialization::PermutedIdentity, 4), numbered(2), 1, 0, 2);
  base::RowMatrix padded(2, 4);
  padded << 0, 1, 0, 0, 1, 0, 0, 0;
  EXPECT_EQ(wide, padded);
}

// Moments and shares by scipy.stats.truncnorm(-2, 2): deviation 0.87963, fourth moment 1.41619,
// 0.71523 of the numbers within ±1.
TEST(InitialTable, TruncatedNormalIsCutAtTwoDeviations) {
  const auto values =
      initialTable(feature(Initialization::TruncatedNormal, 100), numbered(1000), 1, 0, 1000);
  const Eigen::ArrayXXd numbers = values.cast<double>().array() / 0.01;
  const auto count = static_cast<double>(numbers.size());
  EXPECT_LE(numbers.abs().maxCoeff(), 2.000001);
  EXPECT_GT(numbers.abs().maxCoeff(), 1.999);
  const double variance = 0.8796256610342398 * 0.8796256610342398;
  EXPECT_NEAR(numbers.mean(), 0, 5 * std::sqrt(variance / count));
  EXPECT_NEAR(numbers.square().mean(), variance,
              5 * std::sqrt((1.4161891248494625 - variance * variance) / count));
  const double inside = (numbers.abs() <= 1).cast<double>().mean();
  EXPECT_NEAR(inside, 0.7152327720109062, 5 * std::sqrt(0.7152 * 0.2848 / count));
}

TEST(InitialTable, XavierIsUniformWithinItsBound) {
  const auto values = initialTable(feature(Initialization::Xavier, 50), numbered(1000), 1, 0, 1000);
  const double bound = std::sqrt(6.0 / 1050);
  const Eigen::ArrayXXd numbers = values.cast<double>().array() / bound;
  const auto count = static_cast<double>(numbers.size());
  EXPECT_LE(numbers.abs().maxCoeff(), 1.000001);
  EXPECT_GT(numbers.abs().maxCoeff(), 0.999);
  EXPECT_NEAR(numbers.mean(), 0, 5 * std::sqrt(1 / 3.0 / count));
  EXPECT_NEAR(numbers.square().mean(), 1 / 3.0, 5 * std::sqrt((1 / 5.0 - 1 / 9.0) / count));
}

TEST(InitialTable, FirstRowsDoNotDependOnTheRowsThatFollow) {
  for (const Initialization initialization :
       {Initialization::Identity, Initialization::Normal, Initialization::Uniform,
        Initialization::PermutedIdentity, Initialization::TruncatedNormal,
        Initialization::Xavier}) {
    const FeatureRecipe recipe = feature(initialization, 7);
    const auto all = initialTable(recipe, numbered(100), 5, 2, 100);
    const auto first = initialTable(recipe, numbered(8), 5, 2, 100);
    EXPECT_EQ(first, all.topRows(8));
  }
}

TEST(InitialTable, SeedAndPlaceDecide) {
  const FeatureRecipe recipe = feature(Initialization::Normal, 4);
  const auto here = initialTable(recipe, numbered(3), 1, 0, 3);
  EXPECT_EQ(here, initialTable(recipe, numbered(3), 1, 0, 3));
  EXPECT_NE(here, initialTable(recipe, numbered(3), 2, 0, 3));
  EXPECT_NE(here, initialTable(recipe, numbered(3), 1, 1, 3));
}

TEST(InitialTable, CopiesTheRowsThatTheSourceKnowsByLabel) {
  base::RowMatrix known(2, 2);
  known << 1, 2, 3, 4;
  FeatureRecipe recipe = feature(Initialization::FromTable, 9);
  recipe.approach = Approach::Pretrained;
  recipe.pretrained =
      std::make_shared<const table::EmbeddingTable>("known", table::Vocabulary{"b", "x"}, known);
  const auto values = initialTable(recipe, table::Vocabulary{"a", "b"}, 1, 0, 2);
  ASSERT_EQ(values.cols(), 2);
  EXPECT_EQ(values.row(1), known.row(0));
  EXPECT_TRUE(values.row(0).allFinite());
}

}  // namespace
}  // namespace embedscope::training
