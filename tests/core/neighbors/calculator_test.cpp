// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/neighbors/calculator.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope::neighbors {
namespace {

using testing::ElementsAre;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;

class GensimReference : public testing::Test {
 protected:
  GensimReference() {
    std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/neighbors/calculator.json");
    m_reference = nlohmann::json::parse(in);
    const auto rows = m_reference.at("rows").get<std::vector<std::vector<float>>>();
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      labels.push_back("w" + std::to_string(i));
    }
    m_index = std::make_unique<ExactIndex>(tests::makeTable(labels, rows), Metric::Cosine);
  }

  std::vector<Term> termsOf(const nlohmann::json& expected) const {
    return parseExpression(expected.at("expression").get<std::string>(),
                           m_index->table().vocabulary());
  }

  /// @param expected  [[row, score], …].
  static void expectNeighbors(const std::vector<Neighbor>& found, const nlohmann::json& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      const float score = expected[i][1];
      EXPECT_EQ(found[i].row, expected[i][0]) << i;
      EXPECT_NEAR(found[i].score, score, 1e-5F * std::max(1.0F, std::abs(score))) << i;
    }
  }

  nlohmann::json m_reference;
  std::unique_ptr<ExactIndex> m_index;
};

TEST_F(GensimReference, SumsAreItsMostSimilar) {
  for (const auto& expected : m_reference.at("sums")) {
    SCOPED_TRACE(expected.at("expression"));
    const std::vector<Term> terms = termsOf(expected);
    expectNeighbors(nearestToSum(*m_index, terms, 8), expected.at("mostSimilar"));
    expectNeighbors(nearestToSum(*m_index, terms, 8, {.excludeInputs = false}),
                    expected.at("inputsKept"));
    expectNeighbors(nearestToSum(*m_index, terms, 8, {.unitInputs = false, .excludeInputs = false}),
                    expected.at("rawInputsKept"));
  }
}

TEST_F(GensimReference, MeansAreItsMeanVectors) {
  for (const auto& expected : m_reference.at("sums")) {
    SCOPED_TRACE(expected.at("expression"));
    const std::vector<Term> terms = termsOf(expected);
    EXPECT_THAT(weightedMean(m_index->table(), terms),
                Pointwise(FloatNear(1e-6F), expected.at("mean").get<std::vector<float>>()));
    EXPECT_THAT(weightedMean(m_index->table(), terms, false),
                Pointwise(FloatNear(1e-5F), expected.at("rawMean").get<std::vector<float>>()));
  }
}

TEST_F(GensimReference, ProductsAreItsMostSimilarCosmul) {
  for (const auto& expected : m_reference.at("products")) {
    SCOPED_TRACE(expected.at("expression"));
    expectNeighbors(nearestByProduct(*m_index, termsOf(expected), 8), expected.at("mostSimilar"));
  }
}

TEST_F(GensimReference, ThreadCountsGiveEqualBits) {
  const std::vector<Term> terms = termsOf(m_reference.at("products")[2]);
  const table::TablePtr large = tests::randomTable(9000, 7);
  const std::vector<Term> largeTerms =
      parseExpression("'word 1' - 'word 2' + 'word 8999'", large->vocabulary());
  base::setThreadCount(1);
  const ExactIndex index(large, Metric::Cosine);
  const std::vector<Neighbor> sum = nearestToSum(index, largeTerms, 40);
  const std::vector<Neighbor> product = nearestByProduct(index, largeTerms, 40);
  EXPECT_EQ(sum.size(), 40U);
  for (const int threads : {2, 7}) {
    base::setThreadCount(threads);
    EXPECT_EQ(nearestToSum(index, largeTerms, 40), sum);
    EXPECT_EQ(nearestByProduct(index, largeTerms, 40), product);
  }
  base::setThreadCount(0);
}

class Calculator : public testing::Test {
 protected:
  std::vector<Term> terms(const std::string& text) const {
    return parseExpression(text, m_table->vocabulary());
  }

  std::string errorOf(const std::string& text, base::ErrorCode code, bool multiply = false) const {
    try {
      if (multiply) {
        nearestByProduct(m_index, terms(text), 1);
      } else {
        nearestToSum(m_index, terms(text), 1);
      }
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), code);
      return error.what();
    }
    return "no error";
  }

  table::TablePtr m_table = tests::makeTable(
      {"right", "up", "left", "far", "zero", "nan", "far"},
      {{1, 0}, {0, 1}, {-1, 0}, {1000, 1000}, {0, 0}, {std::nanf(""), 1}, {0, 0.5F}});
  ExactIndex m_index{m_table, Metric::Cosine};
};

TEST_F(Calculator, RawInputsCountByTheirLength) {
  const auto first = [&](bool unitInputs) {
    return nearestToSum(m_index, terms("right - up + far"), 1, {.unitInputs = unitInputs}).at(0);
  };
  EXPECT_EQ(first(true).row, 4) << "both others point away from (1.7, -0.3)";
  EXPECT_EQ(first(false).row, 6) << "the long vector leaves nothing else visible";
  const std::vector<float> unit = weightedMean(*m_table, terms("right - up + far"));
  const std::vector<float> raw = weightedMean(*m_table, terms("right - up + far"), false);
  const float half = std::sqrt(0.5F);
  EXPECT_THAT(unit, Pointwise(FloatNear(1e-6F), {(1 + half) / 3, (half - 1) / 3}));
  EXPECT_THAT(raw, Pointwise(FloatNear(1e-4F), {1001.0F / 3, 999.0F / 3}));
}

TEST_F(Calculator, InputsAreLeftOutButNotOtherRowsOfTheirLabel) {
  std::vector<std::int64_t> rows;
  for (const Neighbor& neighbor : nearestToSum(m_index, terms("far + up"), 10)) {
    rows.push_back(neighbor.row);
  }
  EXPECT_THAT(rows, ElementsAre(6, 0, 4, 2));
  EXPECT_EQ(nearestToSum(m_index, terms("far"), 1, {.excludeInputs = false}).at(0).row, 3);
  EXPECT_EQ(nearestByProduct(m_index, terms("far"), 1, false).at(0).row, 3);
}

TEST_F(Calculator, ProductsByHand) {
  const std::vector<Neighbor> found = nearestByProduct(m_index, terms("up + far - left"), 2);
  ASSERT_EQ(found.size(), 2U);
  // Nothing of "right" is similar to "left", so that the small number alone divides.
  EXPECT_EQ(found[0].row, 0);
  EXPECT_NEAR(found[0].score, 0.5 * (1 + std::sqrt(0.5)) / 2 / 1e-6, 1);
  EXPECT_EQ(found[1].row, 6);
  EXPECT_NEAR(found[1].score, (1 + std::sqrt(0.5)) / 2 / (0.5 + 1e-6), 1e-6);
}

TEST_F(Calculator, SaysWhatCannotBeCalculated) {
  using base::ErrorCode;
  EXPECT_EQ(errorOf("up + down", ErrorCode::BadData),
            "character 6: there is no label \"down\" in tiny");
  EXPECT_THAT(errorOf("up - up", ErrorCode::BadData), HasSubstr("cancel each other out"));
  EXPECT_THAT(errorOf("zero", ErrorCode::BadData), HasSubstr("cancel each other out"));
  EXPECT_EQ(errorOf("up - nan", ErrorCode::NonFinite),
            "character 6: the vector of \"nan\" holds NaN or infinity");
  EXPECT_THAT(errorOf("1e308*up + 1e308*far", ErrorCode::InvalidArgument),
              HasSubstr("too large to add up"));
  EXPECT_THAT(errorOf("up - 0.5*far", ErrorCode::InvalidArgument, true),
              HasSubstr("character 10: similarities that are multiplied have no weights"));
  EXPECT_THAT(errorOf("-up", ErrorCode::InvalidArgument, true), HasSubstr("that is added"));
  EXPECT_THROW(weightedMean(*m_table, {}), base::Error);
  EXPECT_THROW(weightedSum(*m_table, {}), base::Error);
  EXPECT_THROW(nearestByProduct(m_index, {}, 1), base::Error);
  EXPECT_THROW(nearestByProduct(m_index, terms("up"), 0), base::Error);
  const ExactIndex dot(m_table, Metric::Dot);
  EXPECT_THROW(nearestByProduct(dot, terms("up"), 1), base::Error);
}

TEST_F(Calculator, Stops) {
  std::stop_source stop;
  stop.request_stop();
  const base::TaskContext context(stop.get_token(), {});
  EXPECT_TRUE(nearestToSum(m_index, terms("up"), 1, {}, context).empty());
  EXPECT_TRUE(nearestByProduct(m_index, terms("up"), 1, true, context).empty());
}

/// A model that knows words of two letters by their letters.
class Letters : public table::SubwordModel {
 public:
  Eigen::Index dimension() const override { return 2; }

  std::optional<std::vector<float>> composeVector(std::string_view word) const override {
    if (word.size() != 2) {
      return {};
    }
    return std::vector{static_cast<float>(word[0] - 'a'), static_cast<float>(word[1] - 'a')};
  }
};

TEST(CalculatorOfSubwords, ComposesVectorsOfWordsWithoutRows) {
  base::RowMatrix values(2, 2);
  values << 0, 1, 1, 0;
  const auto table = std::make_shared<const table::EmbeddingTable>(
      "letters", table::Vocabulary{"ab", "ba"}, values, table::Metadata(),
      std::make_shared<Letters>());
  const ExactIndex index(table, Metric::Cosine);
  const std::vector<Term> terms = parseExpression("cb - ab", table->vocabulary());
  EXPECT_THAT(weightedMean(*table, terms, false), ElementsAre(1, 0));
  EXPECT_THAT(nearestToSum(index, terms, 5, {.unitInputs = false}), ElementsAre(Neighbor{1, 1}));
  EXPECT_THROW(nearestToSum(index, parseExpression("abc", table->vocabulary()), 1), base::Error);
}

TEST(WeightedSum, IsWhereAnExpressionLies) {
  const auto table = tests::makeTable({"a", "b", "c"}, {{2, 0}, {-1, 0}, {0, 3}});
  const auto sum = [&](const char* expression) {
    return weightedSum(*table, parseExpression(expression, table->vocabulary()));
  };
  EXPECT_THAT(sum("a - 0.5*c"), ElementsAre(2, -1.5F));
  EXPECT_THAT(sum("a + 2*b"), ElementsAre(0, 0)) << "vectors that cancel, though unit ones do not";
  const auto terms = parseExpression("a + 2*b", table->vocabulary());
  EXPECT_THAT(weightedMean(*table, terms), ElementsAre(FloatNear(-1.0F / 3, 1e-6F), 0));
}

}  // namespace
}  // namespace embedscope::neighbors
