// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/product/words.h"

#include "ui/document/samples.h"

#include <gtest/gtest.h>

#include <limits>

namespace embedscope::product {
namespace {

explain::OneHotProduct productOf(base::RowMatrix values, std::int64_t row) {
  table::Vocabulary labels;
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    labels.append("r" + std::to_string(i));
  }
  return {std::make_shared<const table::EmbeddingTable>("t", labels, std::move(values)), row};
}

TEST(Words, SayEveryStepOfTheSmallestCase) {
  const explain::OneHotProduct product(document::smallestCase(), 1);
  EXPECT_EQ(stepText(product, 0), QStringLiteral("before step 1 of 2: the sum starts at [0, 0]"));
  EXPECT_EQ(stepText(product, 1),
            QStringLiteral("step 1 of 2: 0 × [3, 4] added to [0, 0] gives [0, 0]"));
  EXPECT_EQ(stepText(product, 2),
            QStringLiteral("step 2 of 2: 1 × [5, 6] added to [0, 0] gives [5, 6]"));
}

TEST(Words, WriteOutTheDotProduct) {
  const explain::OneHotProduct product(document::smallestCase(), 1);
  EXPECT_EQ(dotProductText(product, 0, 0), QStringLiteral("0"));
  EXPECT_EQ(dotProductText(product, 1, 0), QStringLiteral("0·3 = 0"));
  EXPECT_EQ(dotProductText(product, 2, 0), QStringLiteral("0·3 + 1·5 = 5"));
  EXPECT_EQ(dotProductText(product, 2, 1), QStringLiteral("0·4 + 1·6 = 6"));
}

TEST(Words, LeaveOutTheMiddleOfLongSums) {
  base::RowMatrix values(9, 1);
  values << 1, 2, 3, 4, -5, 6, 7, 8, 9;
  const auto product = productOf(values, 4);
  EXPECT_EQ(dotProductText(product, 9, 0), QStringLiteral("0·1 + … + 1·(−5) + … + 0·9 = −5"));
}

TEST(Words, CallEqualBitsEqual) {
  EXPECT_EQ(verdictText(explain::OneHotProduct(document::smallestCase(), 0)),
            QStringLiteral("bit-equal"));
}

TEST(Words, SayWhyBitsDiffer) {
  base::RowMatrix negativeZero(2, 1);
  negativeZero << -0.0F, 1;
  EXPECT_TRUE(verdictText(productOf(negativeZero, 0)).contains(QStringLiteral("−0")));
  base::RowMatrix infinite(2, 1);
  infinite << 1, std::numeric_limits<float>::infinity();
  EXPECT_TRUE(verdictText(productOf(infinite, 0)).contains(QStringLiteral("infinity")));
}

TEST(Words, ShowNumbersThatAreNoNumbers) {
  EXPECT_EQ(numberInWords(std::numeric_limits<float>::quiet_NaN()), QStringLiteral("NaN"));
  EXPECT_EQ(numberInWords(-std::numeric_limits<float>::infinity()), QStringLiteral("−∞"));
  EXPECT_EQ(numberInWords(-0.0F), QStringLiteral("−0"));
  EXPECT_EQ(numberInWords(5), QStringLiteral("5"));
}

}  // namespace
}  // namespace embedscope::product
