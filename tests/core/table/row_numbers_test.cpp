// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/column_numbers.h"
#include "core/table/histogram.h"
#include "core/table/row_lengths.h"
#include "tests/support/tiny_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <limits>

namespace embedscope::table {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsNan;
using testing::Pointwise;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(ColumnNumbers, AreThereWhenEveryValueIsOne) {
  EXPECT_THAT(columnNumbers({"c", {"1", "", "-2.5", "1e3"}}).value(),
              ElementsAre(1, IsNan(), -2.5, 1000));
  EXPECT_EQ(columnNumbers({"c", {"1", "two"}}), std::nullopt);
  EXPECT_EQ(columnNumbers({"c", {"", ""}}), std::nullopt);
  EXPECT_EQ(columnNumbers({"c", {}}), std::nullopt);
}

TEST(RowLengths, AreEuclidean) {
  const auto table =
      tests::makeTable({"a", "b", "c", "d"},
                       {{3, 4}, {0, 0}, {std::numeric_limits<float>::quiet_NaN(), 1}, {1e30F, 0}});
  EXPECT_THAT(rowLengths(*table), ElementsAre(5, 0, IsNan(), DoubleNear(1e30, 1e23)));
}

TEST(Histogram, HasTheBinsOfNumPy) {
  std::ifstream in(EMBEDSCOPE_REFERENCE_DIR "/table/histogram.json");
  const auto json = nlohmann::json::parse(in);
  for (const auto& one : json.at("cases")) {
    const auto values = one.at("values").get<std::vector<double>>();
    const auto edges = one.at("edges").get<std::vector<double>>();
    const Bins bins = freedmanDiaconisBins(values, 1000);
    ASSERT_EQ(bins.count, std::ssize(edges) - 1);
    for (std::int64_t i = 0; i <= bins.count; ++i) {
      EXPECT_NEAR(bins.edge(i), edges[static_cast<std::size_t>(i)], 1e-12);
    }
    EXPECT_EQ(binCounts(values, bins), one.at("counts").get<std::vector<std::int64_t>>());
    const SpreadFacts facts = spreadFacts(values);
    EXPECT_NEAR(facts.mean, one.at("mean").get<double>(), 1e-12);
    EXPECT_NEAR(facts.median, one.at("median").get<double>(), 1e-12);
    EXPECT_EQ(freedmanDiaconisBins(values, 2).count, 2) << "no more than asked for";
  }
}

TEST(Histogram, CountsSomeRowsAlone) {
  const std::vector<double> values{0, 1, 2, 3, 4, kNaN};
  const Bins bins{0, 2, 2};
  EXPECT_THAT(binCounts(values, bins), ElementsAre(2, 3));
  EXPECT_THAT(binCounts(values, bins, RowSet(6, std::vector<std::int64_t>{0, 4, 5})),
              ElementsAre(1, 1));
  EXPECT_EQ(bins.binOf(-0.1), -1);
  EXPECT_EQ(bins.binOf(4.1), -1);
  EXPECT_EQ(bins.binOf(kNaN), -1);
}

TEST(Histogram, TellsZerosAndNumbersThatAreNone) {
  const SpreadFacts facts = spreadFacts(std::vector<double>{0, 3, kNaN, kInfinity, 0, 1});
  EXPECT_EQ(facts.finite, 4);
  EXPECT_EQ(facts.zeros, 2);
  EXPECT_EQ(facts.nonFinite, 2);
  EXPECT_EQ(facts.mean, 1);
  EXPECT_EQ(facts.median, 0.5);
  EXPECT_EQ(facts.greatest, 3);
  EXPECT_EQ(spreadFacts(std::vector<double>{kNaN}).finite, 0);
}

TEST(Histogram, GivesOneBinToOneNumber) {
  const Bins same = freedmanDiaconisBins(std::vector<double>{1, 1 + 1e-7, 1}, 100);
  EXPECT_EQ(same.count, 1);
  EXPECT_EQ(same.binOf(1), 0);
  const Bins zeros = freedmanDiaconisBins(std::vector<double>{0, 0}, 100);
  EXPECT_EQ(zeros.count, 1);
  EXPECT_EQ(zeros.binOf(0), 0);
  EXPECT_EQ(freedmanDiaconisBins(std::vector<double>{kNaN, kInfinity}, 100).count, 0);
  EXPECT_EQ(freedmanDiaconisBins({}, 100).count, 0);
}

/// Half of 16 numbers and more lie at one place: Sturges' rule, log2 16 + 1.
TEST(Histogram, HasBinsWithoutASpread) {
  std::vector<double> values(16, 1.0);
  values[3] = 6;
  const Bins bins = freedmanDiaconisBins(values, 100);
  EXPECT_EQ(bins.count, 5);
  EXPECT_EQ(binCounts(values, bins), (std::vector<std::int64_t>{15, 0, 0, 0, 1}));
}

}  // namespace
}  // namespace embedscope::table
