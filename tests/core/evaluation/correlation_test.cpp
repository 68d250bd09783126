// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/correlation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace embedscope::evaluation {
namespace {

using Series = std::vector<double>;

TEST(Correlation, ByHand) {
  const Series x = {1, 2, 3, 4};
  EXPECT_DOUBLE_EQ(pearsonCorrelation(x, Series{2, 4, 6, 8}).value(), 1);
  EXPECT_DOUBLE_EQ(pearsonCorrelation(x, Series{3, 2, 1, 0}).value(), -1);
  // Deviations -1.5, -0.5, 0.5, 1.5 and -1, 1, -1, 1: products 2, squares 5 and 4.
  EXPECT_DOUBLE_EQ(pearsonCorrelation(x, Series{0, 2, 0, 2}).value(), 2 / std::sqrt(20.0));
}

TEST(Correlation, RanksOfEqualNumbersAreShared) {
  EXPECT_DOUBLE_EQ(spearmanCorrelation(Series{1, 10, 100}, Series{-3, 0, 1e9}).value(), 1);
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: products 4.5, squares 4.5 and 5.
  EXPECT_DOUBLE_EQ(spearmanCorrelation(Series{0, 7, 7, 9}, Series{1, 2, 3, 4}).value(),
                   4.5 / std::sqrt(4.5 * 5));
}

TEST(Correlation, IsNotDefinedForEverySeries) {
  EXPECT_FALSE(pearsonCorrelation(Series{}, Series{}));
  EXPECT_FALSE(spearmanCorrelation(Series{}, Series{}));
  EXPECT_FALSE(pearsonCorrelation(Series{1}, Series{2}));
  EXPECT_FALSE(pearsonCorrelation(Series{0.1, 0.1, 0.1}, Series{1, 2, 3}));
  EXPECT_FALSE(spearmanCorrelation(Series{1, 2, 3}, Series{5, 5, 5}));
}

}  // namespace
}  // namespace embedscope::evaluation
