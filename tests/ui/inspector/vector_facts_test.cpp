// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/vector_facts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace embedscope::inspector {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

TEST(VectorFacts, SumsUpAVector) {
  const VectorFacts facts = vectorFacts(std::vector<float>{3, -4, 0, 12});

  EXPECT_DOUBLE_EQ(facts.norm, 13);
  EXPECT_DOUBLE_EQ(facts.least, -4);
  EXPECT_DOUBLE_EQ(facts.greatest, 12);
  EXPECT_DOUBLE_EQ(facts.mean, 2.75);
  EXPECT_EQ(facts.nonFinite, 0);
}

TEST(VectorFacts, LeavesNumbersThatAreNotFiniteOut) {
  const VectorFacts facts = vectorFacts(std::vector<float>{kNaN, 2, kInfinity, 4});

  EXPECT_DOUBLE_EQ(facts.mean, 3);
  EXPECT_DOUBLE_EQ(facts.least, 2);
  EXPECT_DOUBLE_EQ(facts.greatest, 4);
  EXPECT_EQ(facts.nonFinite, 2);
}

TEST(VectorFacts, KnowsNothingOfAVectorWithoutFiniteNumbers) {
  const VectorFacts facts = vectorFacts(std::vector<float>{kNaN, -kInfinity});

  EXPECT_TRUE(std::isnan(facts.norm));
  EXPECT_TRUE(std::isnan(facts.mean));
  EXPECT_TRUE(std::isnan(facts.least));
  EXPECT_TRUE(std::isnan(facts.greatest));
  EXPECT_EQ(facts.nonFinite, 2);
}

TEST(VectorFacts, DoesNotOverflowWhereFloat32Would) {
  EXPECT_DOUBLE_EQ(vectorFacts(std::vector<float>{3e30F, 4e30F}).norm,
                   std::hypot(static_cast<double>(3e30F), static_cast<double>(4e30F)));
}

TEST(VectorAsText, ReadsBackAsTheSameFloats) {
  EXPECT_EQ(vectorAsText(std::vector<float>{0.1F, -2, 1e-10F}), "0.1, -2, 1e-10");
  EXPECT_EQ(vectorAsText(std::vector<float>{}), "");
}

}  // namespace
}  // namespace embedscope::inspector
