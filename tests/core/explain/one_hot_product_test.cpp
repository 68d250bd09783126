// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/one_hot_product.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/core/explain/row_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace embedscope::explain {
namespace {

using testing::ElementsAre;

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// Bits of numbers; every NaN has the same, since IEEE 754 leaves its payload open.
std::vector<std::uint32_t> bits(std::span<const float> values) {
  std::vector<std::uint32_t> out;
  for (const float value : values) {
    out.push_back(std::isnan(value) ? 0x7FC00000U : std::bit_cast<std::uint32_t>(value));
  }
  return out;
}

/// Every partial sum, step and result against a loop that does what the words say.
void expectNaiveBits(const base::RowMatrix& values) {
  const table::TablePtr table = tableOf(values);
  for (Eigen::Index index = 0; index < values.rows(); ++index) {
    const OneHotProduct product(table, index);
    std::vector<float> sum(static_cast<std::size_t>(values.cols()), 0.0F);
    for (Eigen::Index row = 0; row < values.rows(); ++row) {
      EXPECT_EQ(bits(product.partialSumBefore(row)), bits(sum)) << index << " before " << row;
      const volatile float coefficient = row == index ? 1.0F : 0.0F;
      std::vector<float> terms;
      for (Eigen::Index j = 0; j < values.cols(); ++j) {
        terms.push_back(coefficient * values(row, j));
        sum[static_cast<std::size_t>(j)] += terms.back();
      }
      const OneHotProduct::Step step = product.step(row);
      EXPECT_EQ(step.row, row);
      EXPECT_EQ(step.coefficient, coefficient);
      EXPECT_EQ(bits(step.product), bits(terms));
      EXPECT_EQ(bits(step.partialSum), bits(sum)) << index << " after " << row;
    }
    EXPECT_EQ(bits(product.result()), bits(sum));
    EXPECT_EQ(bits(product.partialSumBefore(values.rows())), bits(sum));
    EXPECT_EQ(product.bitEqual(), bits(sum) == bits(product.lookup()));
  }
}

TEST(OneHotProduct, SmallestCase) {
  base::RowMatrix values(2, 2);
  values << 3, 4, 5, 6;
  const table::TablePtr table = tableOf(values);
  const OneHotProduct first(table, 0);
  EXPECT_THAT(first.result(), ElementsAre(3, 4));
  EXPECT_THAT(first.step(0).partialSum, ElementsAre(3, 4));
  EXPECT_THAT(first.step(1).product, ElementsAre(0, 0));
  EXPECT_TRUE(first.bitEqual());
  const OneHotProduct second(table, 1);
  EXPECT_THAT(second.result(), ElementsAre(5, 6));
  EXPECT_THAT(second.step(0).partialSum, ElementsAre(0, 0));
  EXPECT_EQ(second.step(1).coefficient, 1);
  EXPECT_TRUE(second.bitEqual());
  EXPECT_EQ(second.multiplications(), 4);
  EXPECT_EQ(second.copies(), 2);
  expectNaiveBits(values);
}

TEST(OneHotProduct, NegativeZeroIsLostInTheSum) {
  base::RowMatrix values(3, 2);
  values << -0.0F, 1, -2, -0.0F, 3, -4;
  EXPECT_FALSE(OneHotProduct(tableOf(values), 0).bitEqual());
  EXPECT_FALSE(std::signbit(OneHotProduct(tableOf(values), 0).result()[0]));
  EXPECT_FALSE(OneHotProduct(tableOf(values), 1).bitEqual());
  EXPECT_TRUE(OneHotProduct(tableOf(values), 2).bitEqual());
  expectNaiveBits(values);
}

TEST(OneHotProduct, NotANumberSpreadsDownItsColumn) {
  base::RowMatrix values(3, 2);
  values << 1, 2, kNaN, 4, 5, 6;
  const OneHotProduct other(tableOf(values), 2);
  EXPECT_FALSE(other.bitEqual());
  EXPECT_TRUE(std::isnan(other.result()[0]));
  EXPECT_EQ(other.result()[1], 6);
  EXPECT_EQ(other.step(0).partialSum[0], 0);
  // The row that holds the NaN is given back as it is.
  EXPECT_TRUE(OneHotProduct(tableOf(values), 1).bitEqual());
  expectNaiveBits(values);
}

TEST(OneHotProduct, InfinityTimesZeroIsNotANumber) {
  base::RowMatrix values(4, 3);
  values << 1, -kInf, 2, 3, 4, kInf, 5, kNaN, kInf, 7, 8, -0.0F;
  EXPECT_TRUE(std::isnan(OneHotProduct(tableOf(values), 3).result()[1]));
  EXPECT_FALSE(OneHotProduct(tableOf(values), 3).bitEqual());
  expectNaiveBits(values);
  base::RowMatrix lone(2, 1);
  lone << 1, kInf;
  EXPECT_TRUE(OneHotProduct(tableOf(lone), 1).bitEqual());
  EXPECT_FALSE(OneHotProduct(tableOf(lone), 0).bitEqual());
  expectNaiveBits(lone);
}

TEST(OneHotProduct, RandomTableWithExtremeNumbers) {
  base::RandomStream random(3, 0);
  base::RowMatrix values(20, 9);
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    for (Eigen::Index j = 0; j < values.cols(); ++j) {
      values(row, j) = static_cast<float>(random.normal());
    }
  }
  values(4, 3) = std::numeric_limits<float>::max();
  values(5, 3) = std::numeric_limits<float>::denorm_min();
  values(6, 3) = -std::numeric_limits<float>::denorm_min();
  expectNaiveBits(values);
}

TEST(OneHotProduct, RefusesRowsOutsideTheTable) {
  const table::TablePtr table = tableOf(base::RowMatrix::Ones(2, 2));
  EXPECT_THROW(OneHotProduct(table, 2), base::Error);
  EXPECT_THROW(OneHotProduct(table, -1), base::Error);
  const OneHotProduct product(table, 0);
  EXPECT_THROW(product.step(2), base::Error);
  EXPECT_THROW(product.partialSumBefore(3), base::Error);
}

}  // namespace
}  // namespace embedscope::explain
